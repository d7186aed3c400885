package dev.berth.scheduler.core.place;

/** The scores of one shape of request on all nodes of a pool, each as of a version of the node. */
final class Scores {
    static final double UNFIT = Double.NEGATIVE_INFINITY;

    /** On what is free now, and on what is free when others have left. */
    final double[] now;

    final double[] later;

    /** Whether a device that is shared already would take the part of one. */
    final boolean[] shared;

    final long[] version;

    Scores(int nodes) {
        now = new double[nodes];
        later = new double[nodes];
        shared = new boolean[nodes];
        version = new long[nodes];
    }
}
