package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The victims that are thought of so far. A job of which something is on a node goes with all that is thought of. */
final class Scenario {
    private final Map<Job, List<List<Seat>>> byJob = new LinkedHashMap<>();
    private final Map<Integer, Set<Job>> onNode = new HashMap<>();
    private final Map<Integer, long[]> freed = new HashMap<>();
    private final Set<Integer> spanned = new HashSet<>();

    void add(List<Seat> chunk) {
        Job job = chunk.get(0).job;
        byJob.computeIfAbsent(job, some -> new ArrayList<>()).add(chunk);
        Place first = chunk.get(0).where();
        for (Seat seat : chunk) {
            Place at = seat.where();
            if (at != null) {
                onNode.computeIfAbsent(at.node(), node -> new LinkedHashSet<>()).add(job);
                Capacity.add(freed, seat);
                if (job.seats.size() > 1 || first == null || first.node() != at.node()) {
                    spanned.add(at.node());
                }
            }
        }
    }

    /** What the victims on the node free there; null when some of them are elsewhere too. */
    long @Nullable [] freedOn(int node) {
        return spanned.contains(node) ? null : freed.get(node);
    }

    /** All chunks of the jobs of which something is on the node. */
    List<List<Seat>> on(int node) {
        List<List<Seat>> chunks = new ArrayList<>();
        for (Job job : onNode.getOrDefault(node, Set.of())) {
            chunks.addAll(byJob.getOrDefault(job, List.of()));
        }
        return chunks;
    }
}
