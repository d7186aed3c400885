package dev.berth.scheduler.core.place;

import java.util.ArrayList;
import java.util.List;

/** Nodes that are near to each other, and nearer groups among them. */
final class Domain {
    final String id;

    /** Index of its level; -1 for the root. */
    final int level;

    final List<Domain> children = new ArrayList<>();
    final List<Integer> nodes = new ArrayList<>();

    /** How many of the tasks it could hold; below 0 when that was not counted, as they are not alike. */
    long slots;

    /** The greatest part of what is free that the tasks need; above 1 when they cannot fit. */
    double ratio;

    /** GPUs, cores and memory that are free when others have left. */
    final double[] free = new double[3];

    Domain(String id, int level) {
        this.id = id;
        this.level = level;
    }
}
