package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.adapter.PhaseSaid;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.PodState;
import dev.berth.k8s.crd.StatusCondition;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Explanation;
import dev.berth.model.Labels;
import dev.berth.model.Phase;
import dev.berth.model.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The status of a foreign owner's work, in the words that Berth has for its own. */
public final class ExternalStatus {
    private static final String SCHEDULED = "Scheduled";
    private static final int MAX_DEVICES = 64;

    /**
     * What is known of the work.
     *
     * @param said what the adapter makes of the owner's status; empty: it says nothing of it
     * @param needed pods without which nothing runs
     * @param stopped whether it is wanted stopped
     * @param atRest whether nothing of it runs
     */
    public record Seen(
            Optional<PhaseSaid> said,
            Collection<Pod> pods,
            Collection<PodGroup> groups,
            int needed,
            boolean stopped,
            boolean atRest) {}

    private final Seen seen;
    private final WorkloadStatus before;
    private final long now;
    private final WorkloadStatus status = new WorkloadStatus();
    private int bound;
    private int running;
    private int succeeded;
    private int failed;

    private ExternalStatus(Seen seen, WorkloadStatus before, long now) {
        this.seen = seen;
        this.before = before;
        this.now = now;
    }

    public static WorkloadStatus of(Seen seen, WorkloadStatus before, long nowMillis) {
        return new ExternalStatus(seen, before, nowMillis).compute();
    }

    private WorkloadStatus compute() {
        look();
        PhaseSaid said = seen.stopped
                ? new PhaseSaid(seen.atRest ? Phase.SUSPENDED : Phase.STOPPING, Reason.STOPPED_BY_USER.word(), "")
                : seen.said.orElseGet(this::byPods);
        status.phase = said.phase().word();
        status.reason = said.reason();
        status.message = said.message();
        if (said.phase() == Phase.QUEUED) {
            explain();
        }
        moments(said.phase());
        status.conditions = StatusCondition.since(before.conditions, List.of(scheduled(said.phase())), now);
        status.observedGeneration = before.observedGeneration;
        return status;
    }

    private void look() {
        seen.pods.stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .forEach(pod -> {
                    String phase = phase(pod);
                    status.podCounts.merge(phase, 1, Integer::sum);
                    bound += node(pod).isEmpty() ? 0 : 1;
                    running += phase.equals("Running") ? 1 : 0;
                    succeeded += phase.equals("Succeeded") ? 1 : 0;
                    failed += phase.equals("Failed") ? 1 : 0;
                    if (status.pods.size() < WorkloadStatus.MAX_PODS) {
                        status.pods.add(state(pod, phase));
                    }
                });
    }

    private PhaseSaid byPods() {
        int all = seen.pods.size();
        boolean active = running > 0 || bound > succeeded + failed;
        if (failed > 0 && !active) {
            return new PhaseSaid(Phase.FAILED, Reason.POD_FAILED.word(), "");
        }
        if (all > 0 && succeeded == all) {
            return new PhaseSaid(Phase.SUCCEEDED, "", "");
        }
        if (running > 0 && running + succeeded >= seen.needed) {
            return new PhaseSaid(Phase.RUNNING, "", "");
        }
        return new PhaseSaid(bound > 0 ? Phase.STARTING : Phase.QUEUED, "", "");
    }

    /** Of several groups that wait, the one that is nearest to its turn speaks for all. */
    private void explain() {
        seen.groups.stream()
                .filter(group ->
                        group.getStatus() != null && !group.getStatus().reason.isEmpty())
                .min(Comparator.comparingInt(ExternalStatus::position)
                        .thenComparing(group -> group.getMetadata().getName()))
                .ifPresent(group -> {
                    status.reason = group.getStatus().reason;
                    status.message = group.getStatus().message;
                    status.explanation = group.getStatus().explanation;
                });
    }

    private static int position(PodGroup group) {
        Explanation explanation = group.getStatus().explanation;
        return explanation == null || explanation.position() == 0 ? Integer.MAX_VALUE : explanation.position();
    }

    private void moments(Phase phase) {
        status.queuedAtMillis = Objects.requireNonNullElse(before.queuedAtMillis, now);
        boolean started = phase == Phase.RUNNING || phase.isFinal() || before.startedAtMillis != null;
        boolean placed = started || phase == Phase.STARTING || before.boundAtMillis != null;
        if (placed) {
            status.boundAtMillis = Objects.requireNonNullElse(before.boundAtMillis, now);
        }
        if (started) {
            status.startedAtMillis = Objects.requireNonNullElse(before.startedAtMillis, now);
        }
        if (phase.isFinal()) {
            status.finishedAtMillis = Objects.requireNonNullElse(before.finishedAtMillis, now);
        }
    }

    private StatusCondition scheduled(Phase phase) {
        boolean holds = phase != Phase.QUEUED && phase != Phase.SUSPENDED && phase != Phase.STOPPING;
        String reason = holds ? "Placed" : status.reason.isEmpty() ? "Waiting" : status.reason;
        return StatusCondition.of(SCHEDULED, holds, reason, status.message);
    }

    private static PodState state(Pod pod, String phase) {
        PodState state = new PodState();
        state.name = pod.getMetadata().getName();
        state.phase = phase;
        state.node = node(pod);
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        if (annotations != null) {
            for (String index :
                    annotations.getOrDefault(Labels.ASSIGNED_GPUS, "").split(",", MAX_DEVICES + 1)) {
                if (index.matches("[0-9]{1,4}") && state.gpus.size() < MAX_DEVICES) {
                    state.gpus.add(Integer.parseInt(index));
                }
            }
            String milli = annotations.getOrDefault(Labels.ASSIGNED_GPU_MILLI, "");
            state.gpuMilli = milli.matches("[0-9]{1,4}") ? Integer.parseInt(milli) : 0;
        }
        return state;
    }

    private static String phase(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return phase == null || phase.isEmpty() ? "Pending" : phase;
    }

    private static String node(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }
}
