package dev.berth.k8s.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Explanation;
import dev.berth.model.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedStatusTest {
    private static final long NOW = Instant.parse("2026-11-24T10:00:00.500Z").toEpochMilli();

    private final Workload workload = Samples.workload("train", 2);
    private final Tracked tracked = Samples.tracked(workload, 2);

    @Test
    void aWaitingWorkloadSaysWhatItsGroupSays() {
        Explanation explanation =
                new Explanation(Reason.NO_FIT, "No node has 8 free GPUs.", List.of(), 1, 2, List.of());
        PodGroup.Status said = new PodGroup.Status();
        said.reason = "NoFit";
        said.message = explanation.sentence();
        said.explanation = explanation;
        tracked.group.setStatus(said);

        WorkloadStatus status = status(NOW);

        assertThat(status.phase).isEqualTo("Queued");
        assertThat(status.reason).isEqualTo("NoFit");
        assertThat(status.message).isEqualTo("No node has 8 free GPUs.");
        assertThat(status.explanation).isEqualTo(explanation);
        assertThat(status.queuedAtMillis).isEqualTo(NOW);
        assertThat(status.podCounts).containsEntry("Pending", 2);
    }

    @Test
    void boundAndNotYetRunningIsStarting() {
        bind(0);
        bind(1);

        WorkloadStatus status = status(NOW);

        assertThat(status.phase).isEqualTo("Starting");
        assertThat(status.reason).isEmpty();
        assertThat(status.boundAtMillis).isEqualTo(NOW);
        assertThat(status.startedAtMillis).isNull();
        assertThat(status.pods.get(0).node).isEqualTo("node-1");
        assertThat(status.pods.get(0).gpus).containsExactly(0, 3);
        assertThat(status.pods.get(0).gpuMilli).isEqualTo(1000);
    }

    @Test
    void aPartlyBoundGangStillWaits() {
        bind(0);

        assertThat(status(NOW).phase).isEqualTo("Queued");
    }

    @Test
    void theKubeletsMomentsAreKeptWithinWhatIsPossible() {
        bind(0);
        bind(1);
        workload.setStatus(status(NOW));
        run(0, Instant.ofEpochMilli(NOW + 2_300).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        run(1, Instant.ofEpochMilli(NOW - 400));

        WorkloadStatus status = status(NOW + 3_000);

        assertThat(status.phase).isEqualTo("Running");
        assertThat(status.boundAtMillis).isEqualTo(NOW);
        assertThat(status.startedAtMillis).isEqualTo(NOW);
        assertThat(status.pods.get(0).startedAtMillis).isEqualTo(NOW + 1_500);
    }

    @Test
    void aClockThatRunsApartIsNotBelieved() {
        run(0, Instant.EPOCH);
        run(1, Instant.EPOCH);

        assertThat(status(NOW).startedAtMillis).isEqualTo(NOW);
    }

    @Test
    void allSucceededIsSucceededAndStays() {
        end(0, "Succeeded");
        end(1, "Succeeded");
        WorkloadStatus first = status(NOW);
        workload.setStatus(first);

        assertThat(first.phase).isEqualTo("Succeeded");
        assertThat(first.finishedAtMillis).isEqualTo(NOW);
        assertThat(status(NOW + 99_000)).isEqualTo(first);
        tracked.pods.clear();
        assertThat(status(NOW + 99_000).phase).isEqualTo("Succeeded");
        assertThat(status(NOW + 99_000).pods).isEqualTo(first.pods);
    }

    @Test
    void onePodFailedIsFailedWithItsReason() {
        end(0, "Running");
        Pod failed = new PodBuilder(Samples.in(PodPlan.of(workload).pod(1), "Failed"))
                .editStatus()
                .withReason("Evicted")
                .withMessage("The node was low on memory.")
                .endStatus()
                .build();
        Samples.put(tracked, failed);

        WorkloadStatus status = status(NOW);

        assertThat(status.phase).isEqualTo("Failed");
        assertThat(status.reason).isEqualTo("PodFailed");
        assertThat(status.message).isEqualTo("Pod train-1 failed (Evicted). The node was low on memory.");
    }

    @Test
    void stoppingEndsInSuspendedAndResumingBeginsAnew() {
        bind(0);
        workload.setStatus(status(NOW));
        workload.getSpec().stopped = true;
        assertThat(status(NOW + 1).phase).isEqualTo("Stopping");
        tracked.pods.clear();
        WorkloadStatus suspended = status(NOW + 2);
        assertThat(suspended.phase).isEqualTo("Suspended");
        assertThat(suspended.reason).isEqualTo("StoppedByUser");
        workload.setStatus(suspended);
        workload.getSpec().stopped = false;

        WorkloadStatus resumed = status(NOW + 3);

        assertThat(resumed.phase).isEqualTo("Queued");
        assertThat(resumed.queuedAtMillis).isEqualTo(NOW + 3);
        assertThat(resumed.boundAtMillis).isNull();
    }

    @Test
    void aSpecThatCannotBeCarriedOutSaysWhy() {
        workload.getSpec().priorityClass = "urgent";

        WorkloadStatus status = status(NOW);

        assertThat(status.phase).isEqualTo("Queued");
        assertThat(status.reason).isEqualTo("ApplyFailed");
        assertThat(status.message).contains("spec.priorityClass");
    }

    @Test
    void atMostSixtyFourPodsAreListedAndAllAreCounted() {
        Workload large = Samples.workload("large", 100);

        WorkloadStatus status = ObservedStatus.of(Samples.tracked(large, 100), large, NOW);

        assertThat(status.pods).hasSize(WorkloadStatus.MAX_PODS);
        assertThat(status.pods.get(63).name).isEqualTo("large-63");
        assertThat(status.podCounts).containsEntry("Pending", 100);
    }

    private WorkloadStatus status(long now) {
        return ObservedStatus.of(tracked, workload, now);
    }

    private void bind(int index) {
        Samples.put(tracked, Samples.bound(PodPlan.of(workload).pod(index), "0,3", 1000));
    }

    private void end(int index, String phase) {
        Samples.put(tracked, Samples.in(PodPlan.of(workload).pod(index), phase));
    }

    private void run(int index, Instant since) {
        Pod pod = new PodBuilder(Samples.in(PodPlan.of(workload).pod(index), "Running"))
                .editStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewRunning(since.toString())
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        Samples.put(tracked, pod);
    }
}
