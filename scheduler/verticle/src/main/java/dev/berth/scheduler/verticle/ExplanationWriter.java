package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.model.Explanation;
import dev.berth.model.Phase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the status of waiting groups why they wait. Sparing with writes, as each of them goes on to the workload
 * and from there to whoever looks: a group must have waited for a moment, a new sentence about the same reason must be
 * as old as the last one was, and there are only so many writes a second. Who was told nothing yet comes first, then who
 * was told a reason that is no longer true; among equals it goes on behind the last one.
 */
final class ExplanationWriter {
    private static final long NEVER = Long.MIN_VALUE;
    /** As long as this, a group that waits no more is watched for a write of ours that comes late. */
    private static final long LATE_MILLIS = 10_000;

    private static final long MILLI = 1_000;

    private final Cluster cluster;
    private final Groups groups;
    private final Limits limits;
    private final SchedulerMeters meters;
    private final NavigableMap<String, Known> known = new TreeMap<>();
    private final Set<String> underWay = new HashSet<>();
    private String last = "";
    private long thousandths;
    private long countedAt = NEVER;

    /** Where the groups' objects come from. */
    interface Groups {
        @Nullable
        PodGroup find(String id);
    }

    /** The rate of writing. */
    record Limits(int perSecond, long afterMillis, long againMillis) {}

    private record Known(long waitsSince, long writtenAt) {}

    /** Why a group should be written, the most urgent first. */
    private enum Due {
        UNTOLD,
        UNTRUE,
        OLD,
        NOT
    }

    private record Write(
            String id, PodGroup group, @Nullable Explanation explanation) {}

    ExplanationWriter(Cluster cluster, Groups groups, Limits limits, SchedulerMeters meters) {
        this.cluster = cluster;
        this.groups = groups;
        this.limits = limits;
        this.meters = meters;
    }

    /** @param waiting all groups that wait, by id */
    void write(Map<String, Explanation> waiting, long nowMillis) {
        earn(nowMillis);
        waiting.keySet().forEach(id -> known.putIfAbsent(id, new Known(nowMillis, NEVER)));
        List<List<Write>> due = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        collect(known.tailMap(last, false), waiting, nowMillis, due);
        collect(known.headMap(last, true), waiting, nowMillis, due);
        for (List<Write> writes : due) {
            for (Write write : writes) {
                if (thousandths < MILLI) {
                    return;
                }
                thousandths -= MILLI;
                send(write, nowMillis);
            }
        }
    }

    /** What was not used within a second is lost. */
    private void earn(long nowMillis) {
        long most = limits.perSecond() * MILLI;
        long passed = countedAt == NEVER ? MILLI : Math.min(MILLI, Math.max(0, nowMillis - countedAt));
        thousandths = Math.min(most, thousandths + passed * limits.perSecond());
        countedAt = nowMillis;
    }

    private void collect(
            NavigableMap<String, Known> part, Map<String, Explanation> waiting, long nowMillis, List<List<Write>> due) {
        Iterator<Map.Entry<String, Known>> entries = part.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Known> entry = entries.next();
            PodGroup group = groups.find(entry.getKey());
            Explanation explanation = waiting.get(entry.getKey());
            if (group == null || (explanation == null && isSettled(entry.getValue(), said(group), nowMillis))) {
                entries.remove();
            } else if (!underWay.contains(entry.getKey())) {
                Due how = explanation == null
                        ? (said(group).reason.isEmpty() ? Due.NOT : Due.UNTRUE)
                        : due(entry.getValue(), said(group), explanation, nowMillis);
                if (how != Due.NOT) {
                    due.get(how.ordinal()).add(new Write(entry.getKey(), group, explanation));
                }
            }
        }
    }

    private static PodGroup.Status said(PodGroup group) {
        return Objects.requireNonNullElseGet(group.getStatus(), PodGroup.Status::new);
    }

    private static boolean isSettled(Known one, PodGroup.Status said, long nowMillis) {
        return said.reason.isEmpty() && (one.writtenAt() == NEVER || nowMillis - one.writtenAt() >= LATE_MILLIS);
    }

    private Due due(Known one, PodGroup.Status said, Explanation now, long nowMillis) {
        if (nowMillis - one.waitsSince() < limits.afterMillis()) {
            return Due.NOT;
        }
        if (said.reason.isEmpty()) {
            return Due.UNTOLD;
        }
        if (!said.reason.equals(now.reason().word())) {
            return Due.UNTRUE;
        }
        boolean rested = one.writtenAt() == NEVER || nowMillis - one.writtenAt() >= limits.againMillis();
        return rested && differs(said, now) ? Due.OLD : Due.NOT;
    }

    /** Positions and figures behind the sentence change with every cycle; they are not worth a write of their own. */
    private static boolean differs(PodGroup.Status said, Explanation now) {
        boolean newChanges = !now.changes().isEmpty()
                && (said.explanation == null || !now.changes().equals(said.explanation.changes()));
        return newChanges || !said.message.equals(now.sentence());
    }

    private void send(Write write, long nowMillis) {
        last = write.id;
        known.computeIfPresent(write.id, (id, one) -> new Known(one.waitsSince(), nowMillis));
        PodGroup changed = new PodGroup();
        changed.setMetadata(write.group.getMetadata());
        changed.setSpec(write.group.getSpec());
        changed.setStatus(status(write.explanation));
        underWay.add(write.id);
        meters.explained();
        Future<PodGroup> written = cluster.replaceStatus(changed);
        written.onComplete(done -> underWay.remove(write.id)).onFailure(meters::explainFailed);
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
