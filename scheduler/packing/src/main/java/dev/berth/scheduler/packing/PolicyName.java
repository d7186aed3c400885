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

    /** A policy for one run; {@code pods} is the workload whose popular classes a policy may know. */
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
