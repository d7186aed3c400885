package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.PodState;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Phase;
import dev.berth.model.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The status of a workload as a pure function of what is known of it, what its status said so far, and the time. What
 * was once said of the past stays: moments are taken when they are first seen, and a final phase is never left.
 */
final class ObservedStatus {
    private final Tracked tracked;
    private final Workload workload;
    private final WorkloadStatus before;
    private final long now;
    private final WorkloadStatus status = new WorkloadStatus();
    private int bound;
    private int running;
    private int succeeded;
    private @Nullable Pod failed;

    private ObservedStatus(Tracked tracked, Workload workload, long now) {
        this.tracked = tracked;
        this.workload = workload;
        this.before = Objects.requireNonNullElseGet(workload.getStatus(), WorkloadStatus::new);
        this.now = now;
    }

    /** The phase that the status said last; Queued before anybody wrote one. */
    static Phase phaseSoFar(Workload workload) {
        WorkloadStatus status = workload.getStatus();
        if (status == null || status.phase.isEmpty()) {
            return Phase.QUEUED;
        }
        try {
            return Phase.of(status.phase);
        } catch (IllegalArgumentException unknownWord) {
            return Phase.UNKNOWN;
        }
    }

    static WorkloadStatus of(Tracked tracked, Workload workload, long nowMillis) {
        return new ObservedStatus(tracked, workload, nowMillis).compute();
    }

    private WorkloadStatus compute() {
        Phase so = phaseSoFar(workload);
        boolean anew = so == Phase.SUSPENDED && !workload.getSpec().stopped;
        Long generation = workload.getMetadata().getGeneration();
        status.observedGeneration = generation == null ? 0 : generation;
        status.queuedAtMillis = anew ? Long.valueOf(now) : orNow(before.queuedAtMillis);
        if (!anew) {
            status.boundAtMillis = before.boundAtMillis;
            status.startedAtMillis = before.startedAtMillis;
            status.finishedAtMillis = before.finishedAtMillis;
        }
        look();
        listPods();
        if (so.isFinal()) {
            stayFinal();
        } else {
            decide();
        }
        return status;
    }

    /** A pod that was told to end, by an eviction or by hand, may well fail at that: it will be made anew. */
    private void look() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Pod pod : tracked.pods.values()) {
            String phase = PodFacts.phase(pod);
            counts.merge(phase, 1, Integer::sum);
            bound += PodFacts.bound(pod) ? 1 : 0;
            running += phase.equals("Running") ? 1 : 0;
            succeeded += phase.equals("Succeeded") ? 1 : 0;
            if (phase.equals("Failed")
                    && !Plan.leaving(pod)
                    && (failed == null || PodFacts.name(pod).compareTo(PodFacts.name(failed)) < 0)) {
                failed = pod;
            }
        }
        status.podCounts = counts;
    }

    /** The first pods by their number; of a workload that is over also those which ended and are gone since. */
    private void listPods() {
        Map<String, PodState> known = new HashMap<>();
        before.pods.forEach(state -> known.put(state.name, state));
        List<PodState> states = new ArrayList<>();
        int listed = Math.min(workload.getSpec().workers, WorkloadStatus.MAX_PODS);
        for (int i = 0; i < listed; i++) {
            String name = PodPlan.name(workload, i);
            Pod pod = tracked.pods.get(name);
            PodState state = known.get(name);
            if (pod != null) {
                states.add(PodFacts.state(pod, state, new PodFacts.Window(earliest(), now)));
            } else if (state != null
                    && state.finishedAtMillis != null
                    && phaseSoFar(workload).isFinal()) {
                states.add(state);
            }
        }
        status.pods = states;
    }

    /** No pod can have started before this. */
    private long earliest() {
        Long first = status.boundAtMillis != null ? status.boundAtMillis : status.queuedAtMillis;
        return first == null ? 0 : first;
    }

    private void stayFinal() {
        status.phase = before.phase;
        status.reason = before.reason;
        status.message = before.message;
        status.finishedAtMillis = orNow(before.finishedAtMillis);
    }

    private void decide() {
        boolean leaves = workload.getMetadata().getDeletionTimestamp() != null;
        int workers = workload.getSpec().workers;
        int needed = Math.min(workload.getSpec().minWorkers, workers);
        if (leaves || workload.getSpec().stopped) {
            boolean gone = !leaves && tracked.pods.isEmpty();
            say(gone ? Phase.SUSPENDED : Phase.STOPPING, leaves ? Reason.NONE : Reason.STOPPED_BY_USER);
        } else if (failed != null) {
            say(Phase.FAILED, Reason.POD_FAILED);
            status.message = PodFacts.whyFailed(failed);
        } else if (succeeded >= workers) {
            say(Phase.SUCCEEDED, Reason.NONE);
        } else if (running + succeeded >= needed) {
            say(Phase.RUNNING, Reason.NONE);
        } else if (bound >= needed) {
            say(Phase.STARTING, Reason.NONE);
        } else {
            queued();
        }
        moments(needed);
    }

    private void queued() {
        say(Phase.QUEUED, Reason.NONE);
        String impossible = String.join(" ", SpecRules.problems(workload));
        String refused = impossible.isEmpty() ? tracked.refusal : impossible;
        PodGroup group = tracked.group;
        if (!refused.isEmpty()) {
            status.reason = Reason.APPLY_FAILED.word();
            status.message = refused;
        } else if (group != null && group.getStatus() != null && Ownership.owns(workload, group)) {
            status.reason = group.getStatus().reason;
            status.message = group.getStatus().message;
            status.explanation = group.getStatus().explanation;
        }
    }

    private void moments(int needed) {
        if (running + succeeded > 0 || failed != null) {
            status.startedAtMillis = firstStart();
        }
        if (bound >= needed && status.boundAtMillis == null) {
            status.boundAtMillis = orNow(status.startedAtMillis);
        }
        if (Phase.of(status.phase).isFinal()) {
            status.finishedAtMillis = lastEnd();
        }
    }

    private @Nullable Long firstStart() {
        Long first = status.startedAtMillis;
        for (PodState pod : status.pods) {
            if (pod.startedAtMillis != null && (first == null || pod.startedAtMillis < first)) {
                first = pod.startedAtMillis;
            }
        }
        return first;
    }

    private Long lastEnd() {
        Long last = null;
        for (PodState pod : status.pods) {
            if (pod.finishedAtMillis != null && (last == null || pod.finishedAtMillis > last)) {
                last = pod.finishedAtMillis;
            }
        }
        return orNow(last);
    }

    private void say(Phase phase, Reason reason) {
        status.phase = phase.word();
        status.reason = reason.word();
    }

    private Long orNow(@Nullable Long moment) {
        return moment == null ? Long.valueOf(now) : moment;
    }
}
