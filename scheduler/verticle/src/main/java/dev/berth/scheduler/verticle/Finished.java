package dev.berth.scheduler.verticle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pods that did their work and are still there. They take no room and no turn, but they have started: a gang whose other
 * members were held up, by a binding that was refused, must not wait for them again.
 */
final class Finished {
    private final Map<String, String> groupOf = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Consumer<String> groupChanged;

    /** @param groupChanged told the id of a group of which more or fewer are finished */
    Finished(Consumer<String> groupChanged) {
        this.groupChanged = groupChanged;
    }

    void add(String pod, String group) {
        if (!group.isEmpty() && groupOf.putIfAbsent(pod, group) == null) {
            counts.merge(group, 1, Integer::sum);
            groupChanged.accept(group);
        }
    }

    void remove(String pod) {
        String group = groupOf.remove(pod);
        if (group != null) {
            counts.computeIfPresent(group, (same, count) -> count > 1 ? count - 1 : null);
            groupChanged.accept(group);
        }
    }

    /** How many of the group are finished. */
    int of(String group) {
        return counts.getOrDefault(group, 0);
    }

    Set<String> pods() {
        return new HashSet<>(groupOf.keySet());
    }
}
