package dev.berth.scheduler.packing;

/** One run: the rank of each node, and the rows of the pod list in the order in which they arrive. */
public record Arrivals(long seed, int[] ranks, int[] pods) {}
