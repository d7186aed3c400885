package dev.berth.k8s.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void whatIsMissingIsMade() {
        Workload workload = Samples.workload("train", 3);
        Tracked tracked = Samples.tracked(workload, 0);
        tracked.group = null;
        Samples.put(tracked, PodPlan.of(workload).pod(1));

        Plan plan = Plan.of(tracked);

        assertThat(plan.group()).isNotNull();
        assertThat(names(plan.create())).containsExactly("train-0", "train-2");
        assertThat(plan.delete()).isEmpty();
    }

    @Test
    void nothingIsAskedForTwiceWhileTheWatchIsSilent() {
        Tracked tracked = Samples.tracked(Samples.workload("train", 2), 1);
        tracked.settling.add("train-1");

        assertThat(Plan.of(tracked).isNothing()).isTrue();
    }

    @Test
    void aStepIsBounded() {
        Plan plan = Plan.of(Samples.tracked(Samples.workload("train", 10_000), 0));

        assertThat(plan.create()).hasSize(Plan.PASS);
        assertThat(plan.isFull()).isTrue();
    }

    @Test
    void stoppingRemovesPodsAndGroup() {
        Tracked tracked = Samples.tracked(Samples.workload("train", 2), 2);
        tracked.workload = Samples.workload("train", 2, spec -> spec.stopped = true);

        Plan plan = Plan.of(tracked);

        assertThat(plan.deleteGroup()).isTrue();
        assertThat(plan.delete()).hasSize(2);
    }

    @Test
    void deletionRemovesFinishedPodsToo() {
        Tracked tracked = Samples.tracked(Samples.workload("train", 1), 0);
        Samples.put(tracked, Samples.in(PodPlan.of(Samples.workload("train", 1)).pod(0), "Succeeded"));
        tracked.workload = null;

        assertThat(Plan.of(tracked).delete()).hasSize(1);
    }

    @Test
    void aFailedWorkloadLosesWhatStillRunsAndKeepsWhatEnded() {
        Workload workload = Samples.workload("train", 3);
        Tracked tracked = Samples.tracked(workload, 0);
        Samples.put(tracked, Samples.in(PodPlan.of(workload).pod(0), "Failed"));
        Samples.put(tracked, Samples.in(PodPlan.of(workload).pod(1), "Running"));
        Samples.put(tracked, Samples.in(PodPlan.of(workload).pod(2), "Succeeded"));
        workload.setStatus(status("Failed"));

        Plan plan = Plan.of(tracked);

        assertThat(plan.delete()).extracting(key -> key.name()).containsExactly("train-1");
        assertThat(plan.create()).isEmpty();
        assertThat(plan.deleteGroup()).isFalse();
    }

    @Test
    void aFinishedWorkloadIsNeverRunAgain() {
        Workload workload = Samples.workload("train", 2);
        workload.setStatus(status("Succeeded"));

        assertThat(Plan.of(Samples.tracked(workload, 0)).isNothing()).isTrue();
    }

    @Test
    void podsOfAnEarlierWorkloadOfTheSameNameGo() {
        Workload workload = Samples.workload("train", 1);
        Tracked tracked = Samples.tracked(workload, 0);
        Workload earlier = Samples.workload("train", 1);
        earlier.getMetadata().setUid("uid-earlier");
        Samples.put(tracked, PodPlan.of(earlier).pod(0));

        Plan plan = Plan.of(tracked);

        assertThat(plan.delete()).hasSize(1);
        assertThat(plan.create()).isEmpty();
    }

    private static WorkloadStatus status(String phase) {
        WorkloadStatus status = new WorkloadStatus();
        status.phase = phase;
        return status;
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }
}
