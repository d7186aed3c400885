package dev.berth.scheduler.packing;

/** Node by index, and its GPUs as a mask: bit i is GPU i. */
public record Placement(int node, int gpus) {}
