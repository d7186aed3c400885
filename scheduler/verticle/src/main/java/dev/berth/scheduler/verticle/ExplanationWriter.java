package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.model.Explanation;
import dev.berth.model.Phase;
import dev.berth.scheduler.core.CycleReport;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the status of waiting groups why they wait. Sparing with writes: a group must have waited for a moment, a
 * new sentence about the same reason must be as old as the last one was, and a cycle writes no more than its share,
 * going on behind the last one next time.
 */
final class ExplanationWriter {
    private final Cluster cluster;
    private final Groups groups;
    private final Limits limits;
    private final SchedulerMeters meters;
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private String last = "";

    /** Where the groups' objects come from. */
    interface Groups {
        @Nullable
        PodGroup find(String id);
    }

    /** The rate of writing. */
    record Limits(int perCycle, long afterMillis, long againMillis) {}

    private record Known(long waitsSince, long writtenAt) {}

    ExplanationWriter(Cluster cluster, Groups groups, Limits limits, SchedulerMeters meters) {
        this.cluster = cluster;
        this.groups = groups;
        this.limits = limits;
        this.meters = meters;
    }

    void write(CycleReport report, long nowMillis) {
        Map<String, Explanation> waiting = report.explanations();
        waiting.keySet().forEach(id -> known.putIfAbsent(id, new Known(nowMillis, 0)));
        NavigableMap<String, Known> order = new TreeMap<>(known);
        int left = limits.perCycle();
        left = write(order.tailMap(last, false), waiting, nowMillis, left);
        write(order.headMap(last, true), waiting, nowMillis, left);
    }

    private int write(NavigableMap<String, Known> part, Map<String, Explanation> waiting, long nowMillis, int allowed) {
        int left = allowed;
        for (String id : part.keySet()) {
            if (left == 0) {
                return 0;
            }
            if (consider(id, waiting.get(id), nowMillis)) {
                last = id;
                left--;
            }
        }
        return left;
    }

    private boolean consider(String id, @Nullable Explanation explanation, long nowMillis) {
        PodGroup group = groups.find(id);
        if (group == null) {
            known.remove(id);
            return false;
        }
        Known one = Objects.requireNonNull(known.get(id));
        PodGroup.Status wanted = status(explanation);
        PodGroup.Status now = group.getStatus() == null ? new PodGroup.Status() : group.getStatus();
        if (explanation == null) {
            known.remove(id);
            return !now.reason.isEmpty() && send(id, group, wanted);
        }
        if (underWay.contains(id) || nowMillis - one.waitsSince() < limits.afterMillis() || !differs(now, wanted)) {
            return false;
        }
        boolean sameReason = now.reason.equals(wanted.reason);
        if (sameReason && nowMillis - one.writtenAt() < limits.againMillis()) {
            return false;
        }
        known.put(id, new Known(one.waitsSince(), nowMillis));
        return send(id, group, wanted);
    }

    /** Positions and figures behind the sentence change with every cycle; they are not worth a write of their own. */
    private static boolean differs(PodGroup.Status now, PodGroup.Status wanted) {
        boolean sameWords = now.reason.equals(wanted.reason) && now.message.equals(wanted.message);
        boolean newChanges = wanted.explanation != null
                && !wanted.explanation.changes().isEmpty()
                && (now.explanation == null || !wanted.explanation.changes().equals(now.explanation.changes()));
        return !sameWords || newChanges;
    }

    private boolean send(String id, PodGroup group, PodGroup.Status status) {
        PodGroup changed = new PodGroup();
        changed.setMetadata(group.getMetadata());
        changed.setSpec(group.getSpec());
        changed.setStatus(status);
        underWay.add(id);
        meters.explained();
        Future<PodGroup> written = cluster.replaceStatus(changed);
        written.onComplete(done -> underWay.remove(id)).onFailure(meters::explainFailed);
        return true;
    }

    private static PodGroup.Status status(@Nullable Explanation explanation) {
        PodGroup.Status status = new PodGroup.Status();
        if (explanation == null) {
            status.phase = Phase.STARTING.word();
        } else {
            status.phase = Phase.QUEUED.word();
            status.reason = explanation.reason().word();
            status.message = explanation.sentence();
            status.explanation = explanation;
        }
        return status;
    }
}
