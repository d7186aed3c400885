package dev.berth.k8s.adapter;

import java.util.List;
import java.util.Map;

/** How many pods of a role there are, and how far they are. */
public record RoleCount(int created, int scheduled, int ready, int succeeded, int failed) {
    public static final RoleCount NONE = new RoleCount(0, 0, 0, 0, 0);

    /** With one pod more. */
    public RoleCount and(Map<String, Object> pod) {
        String phase = Trees.text(pod, "status", "phase");
        boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
        return new RoleCount(
                created + 1,
                scheduled + (!ended && !Trees.text(pod, "spec", "nodeName").isEmpty() ? 1 : 0),
                ready + (!ended && ready(pod) ? 1 : 0),
                succeeded + (phase.equals("Succeeded") ? 1 : 0),
                failed + (phase.equals("Failed") ? 1 : 0));
    }

    public RoleCount plus(RoleCount other) {
        return new RoleCount(
                created + other.created,
                scheduled + other.scheduled,
                ready + other.ready,
                succeeded + other.succeeded,
                failed + other.failed);
    }

    /** Pods that are there and have not ended. */
    public int active() {
        return created - succeeded - failed;
    }

    private static boolean ready(Map<String, Object> pod) {
        Object conditions = Trees.map(pod.get("status")).get("conditions");
        return conditions instanceof List<?> list
                && list.stream()
                        .map(Trees::map)
                        .anyMatch(one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")));
    }
}
