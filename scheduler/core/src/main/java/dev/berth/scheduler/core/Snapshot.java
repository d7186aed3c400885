package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All that a cycle may know. Immutable; made by {@link ClusterState#snapshot}, or from another one with one thing changed.
 *
 * @param nowMillis time of the picture, since the epoch
 * @param pools by name; a pool that nodes name but no one declared is not in it
 * @param queues by id, ascending
 * @param nodes by name, ascending
 * @param gangs by group id, ascending; all of them, also those that do not wait
 * @param popularity what usually arrives, by pool
 * @param topologies by name
 * @param claims device claims by id
 */
public record Snapshot(
        long nowMillis,
        Map<String, Pool> pools,
        List<Queue> queues,
        List<NodeState> nodes,
        List<Gang> gangs,
        Map<String, Popularity> popularity,
        Map<String, Topology> topologies,
        Map<String, DeviceClaim> claims) {

    /** The gang with the group id, or a refusal of the caller's mistake. */
    public Gang gang(String groupId) {
        int at = indexOf(groupId);
        if (at < 0) {
            throw new IllegalArgumentException("Expected the id of a group, but there is no \"" + groupId + "\".");
        }
        return gangs.get(at);
    }

    /** Whether there is such a group. */
    public boolean hasGang(String groupId) {
        return indexOf(groupId) >= 0;
    }

    /** The same picture with one gang instead of the one with its id. What its tasks hold on nodes must not differ. */
    public Snapshot with(Gang changed) {
        gang(changed.group().id());
        List<Gang> all = new ArrayList<>(gangs);
        all.set(indexOf(changed.group().id()), changed);
        return new Snapshot(
                nowMillis, pools, queues, nodes, Collections.unmodifiableList(all), popularity, topologies, claims);
    }

    /** The same picture with one queue changed. */
    public Snapshot withQueue(String id, UnaryOperator<Queue> change) {
        List<Queue> all = queues.stream()
                .map(queue -> queue.id().equals(id) ? change.apply(queue) : queue)
                .toList();
        return new Snapshot(nowMillis, pools, all, nodes, gangs, popularity, topologies, claims);
    }

    private int indexOf(String groupId) {
        int low = 0;
        int high = gangs.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = gangs.get(middle).group().id().compareTo(groupId);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
