package dev.berth.scheduler.packing;

/** The policies by the names under which they are published. */
public enum PolicyName {
    Random,
    DotProd,
    GpuClustering,
    GpuPacking,
    BestFit,
    FGD,
    Berth;

    /** Whether the policy draws lots. One that does not may serve many runs, and gets faster by what it remembers. */
    public boolean drawsLots() {
        return this == Random;
    }

    /** A policy, for one run if it draws lots. The trace's pods are the workload whose popular classes it may know. */
    public Policy open(Trace trace, long seed) {
        return switch (this) {
            case Random -> new RandomPlace(new GoRandom(seed));
            case DotProd -> new HighestScore(Scorers::dotProduct);
            case GpuClustering -> new HighestScore(Scorers::gpuClustering);
            case GpuPacking -> new HighestScore(Scorers::gpuPacking);
            case BestFit -> new HighestScore(Scorers::bestFit);
            case FGD -> new HighestScore(new FragmentationGradient(new Fragmentation(Popularity.target(trace.pods()))));
            case Berth -> new HighestScore(new Foresight(Popularity.target(trace.pods()), Foresight.STANDARD));
        };
    }
}
