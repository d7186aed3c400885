package dev.berth.scheduler.core;

/** The scores of one shape of request on all nodes of a pool, each as of a version of the node. */
final class Scores {
    static final double UNFIT = Double.NEGATIVE_INFINITY;

    final double[] score;
    final long[] version;

    Scores(int nodes) {
        score = new double[nodes];
        version = new long[nodes];
    }
}
