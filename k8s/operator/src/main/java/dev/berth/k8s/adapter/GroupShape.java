package dev.berth.k8s.adapter;

import java.util.List;

/**
 * The group that a pod belongs to.
 *
 * @param unit what forms one group
 * @param key tells the groups of one object apart; empty where there is one
 * @param min pods without which none starts, 1 to 10000
 * @param parts sub-groups; empty where the group has none
 * @param part name of the pod's sub-group; empty where it is in none
 */
public record GroupShape(Unit unit, String key, int min, List<Part> parts, String part) {
    public GroupShape {
        parts = List.copyOf(parts);
    }

    /** What forms one group. */
    public enum Unit {
        WORKLOAD,
        POD,
        ROLE,
        KEY
    }

    /** A sub-group with its elastic bounds, in pods. */
    public record Part(String name, int min, int max) {}
}
