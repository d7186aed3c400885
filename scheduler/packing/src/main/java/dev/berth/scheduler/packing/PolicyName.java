package dev.berth.scheduler.packing;

import dev.berth.scheduler.core.foresight.Foresight.Weights;

/** The policies by the names under which they are published; Berth's own, told what is popular or learning it. */
public enum PolicyName {
    Random,
    DotProd,
    GpuClustering,
    GpuPacking,
    BestFit,
    FGD,
    Berth,
    BerthLearning;

    /** Whether a run leaves nothing in the policy but memory that makes the next one faster. */
    public boolean servesManyRuns() {
        return this != Random && this != BerthLearning;
    }

    /** A policy for one run, or for many. The trace's pods are the workload whose popular classes it may know. */
    public Policy open(Trace trace, long seed) {
        return switch (this) {
            case Random -> new RandomPlace(new GoRandom(seed));
            case DotProd -> new HighestScore(Scorers::dotProduct);
            case GpuClustering -> new HighestScore(Scorers::gpuClustering);
            case GpuPacking -> new HighestScore(Scorers::gpuPacking);
            case BestFit -> new HighestScore(Scorers::bestFit);
            case FGD -> new HighestScore(new FragmentationGradient(new Fragmentation(Popularity.target(trace.pods()))));
            case Berth -> new HighestScore(new Foresight(Popularity.target(trace.pods()), Weights.STANDARD));
            case BerthLearning -> new Learning();
        };
    }
}
