package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.gpus;
import static dev.berth.scheduler.verticle.Story.part;
import static dev.berth.scheduler.verticle.Story.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user sees of operator and scheduler together. */
class StoryTest {
    private static final Amount OPEN = new Amount(0, Amount.UNLIMITED, 1);

    private Story story;

    @AfterEach
    void nothingWasOverCommitted() {
        assertThat(story.check.violations()).isEmpty();
        assertThat(story.kubelets.rejected()).isZero();
        story.close();
    }

    private void begin(String nodes) {
        story = Story.on(nodes).project("vision", OPEN);
        story.operator();
        story.scheduler();
    }

    @Test
    void aWorkloadGoesThroughItsLife() {
        begin("2x4:A100:80000");
        Workload train = workload("vision", "train", 1, gpus(2), 60_000);

        story.submit(train)
                .await("it runs", () -> story.is(train, "Running"))
                .await("it ends", () -> story.is(train, "Succeeded"));

        WorkloadStatus status = story.status(train);
        assertThat(status.queuedAtMillis).isLessThanOrEqualTo(status.boundAtMillis);
        assertThat(status.boundAtMillis).isLessThanOrEqualTo(status.startedAtMillis);
        assertThat(status.finishedAtMillis).isGreaterThanOrEqualTo(status.startedAtMillis + 50_000);
        assertThat(status.pods).singleElement().satisfies(pod -> {
            assertThat(pod.node).startsWith("node-");
            assertThat(pod.gpus).hasSize(2);
            assertThat(pod.gpuMilli).isEqualTo(1000);
        });
        assertThat(story.meters
                        .get("berth_operator_status_writes_total")
                        .counter()
                        .count())
                .isLessThanOrEqualTo(4);
    }

    @Test
    void aGangWaitsUntilAllOfItHasRoom() {
        begin("2x4:A100:80000");
        Workload first = workload("vision", "first", 1, gpus(4), -1);
        Workload gang = workload("vision", "gang", 2, gpus(4), -1);
        story.submit(first).await("the first runs", () -> story.is(first, "Running"));

        story.submit(gang)
                .await("it explains itself", () -> !story.status(gang).reason.isEmpty());

        assertThat(story.status(gang).phase).isEqualTo("Queued");
        assertThat(story.status(gang).podCounts).containsEntry("Pending", 2);
        assertThat(story.bound()).isEqualTo(1);
        story.change(first, spec -> spec.stopped = true).await("the gang runs", () -> story.is(gang, "Running"));
        assertThat(story.status(gang).podCounts).containsEntry("Running", 2);
        assertThat(story.status(gang).reason).isEmpty();
    }

    @Test
    void whoBorrowedGivesBackAndStartsAgainWhenThereIsRoom() {
        story = Story.on("2x4:A100:80000").with("actions", "all").project("vision", OPEN);
        story.operator();
        story.scheduler();
        story.project("nlp", new Amount(4_000, Amount.UNLIMITED, 1));
        List<Workload> borrowers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Workload borrower = preemptible(workload("vision", "borrower-" + i, 1, gpus(1), -1));
            borrowers.add(borrower);
            story.submit(borrower);
        }
        story.await("the cluster is full", () -> running(borrowers) == 8);
        Workload entitled = preemptible(workload("nlp", "entitled", 1, gpus(4), -1));

        story.submit(entitled).await("it runs", () -> story.is(entitled, "Running"));

        story.await(
                "four gave way and wait",
                () -> borrowers.stream().filter(one -> story.is(one, "Queued")).count() == 4);
        assertThat(running(borrowers)).as("no more than was needed").isEqualTo(4);
        story.change(entitled, spec -> spec.stopped = true).await("all borrow again", () -> running(borrowers) == 8);
    }

    @Test
    void withoutTheActionNobodyIsEvicted() {
        story = Story.on("1x4:A100:80000").project("vision", OPEN);
        story.project("nlp", new Amount(4_000, Amount.UNLIMITED, 1));
        story.operator();
        story.scheduler();
        Workload borrower = preemptible(workload("vision", "borrower", 1, gpus(4), -1));
        story.submit(borrower).await("it runs", () -> story.is(borrower, "Running"));
        Workload entitled = preemptible(workload("nlp", "entitled", 1, gpus(4), -1));

        story.submit(entitled)
                .await(
                        "it explains itself",
                        () -> !story.status(entitled).reason.isEmpty())
                .afterCycles(3);

        assertThat(story.is(borrower, "Running")).isTrue();
        assertThat(story.is(entitled, "Queued")).isTrue();
    }

    private long running(List<Workload> workloads) {
        return workloads.stream().filter(one -> story.is(one, "Running")).count();
    }

    private static Workload preemptible(Workload workload) {
        workload.getSpec().preemptible = true;
        return workload;
    }

    @Test
    void twoHalvesShareADeviceAndAThirdGetsAnother() {
        begin("1x2:A100:80000");
        Workload one = workload("vision", "one", 1, part(500), -1);
        Workload two = workload("vision", "two", 1, part(500), -1);
        Workload three = workload("vision", "three", 1, part(500), -1);

        for (Workload each : new Workload[] {one, two, three}) {
            story.submit(each).await("it runs", () -> story.is(each, "Running"));
        }

        Set<Integer> shared = Set.copyOf(story.status(one).pods.get(0).gpus);
        assertThat(story.status(two).pods.get(0).gpus).containsExactlyElementsOf(shared);
        assertThat(story.status(three).pods.get(0).gpus).doesNotContainAnyElementsOf(shared);
        assertThat(story.status(one).pods.get(0).gpuMilli).isEqualTo(500);
    }

    @Test
    void aWorkloadThatNeverFitsSaysSo() {
        begin("1x4:A100:80000");
        Workload large = workload("vision", "large", 1, gpus(8), -1);

        story.submit(large)
                .await("it explains itself", () -> story.status(large).reason.equals("NeverFits"));

        WorkloadStatus status = story.status(large);
        assertThat(status.phase).isEqualTo("Queued");
        assertThat(status.message).contains("8 GPUs");
        assertThat(status.explanation).isNotNull();
        assertThat(status.explanation.sentence()).isEqualTo(status.message);
    }

    @Test
    void whoeverRaisesTheQuotaSeesItStart() {
        story = Story.on("1x4:A100:80000").project("vision", new Amount(1000, 1000, 1));
        story.operator();
        story.scheduler();
        Workload train = workload("vision", "train", 1, gpus(2), -1);
        story.submit(train).await("it explains itself with what would help", () -> {
            Explanation why = story.status(train).explanation;
            return why != null && !why.changes().isEmpty();
        });
        assertThat(story.status(train).message).contains("limit");
        assertThat(story.status(train).explanation.changes().stream()
                        .map(Explanation.Change::field)
                        .collect(Collectors.joining(" ")))
                .contains("limit");

        story.project("vision", new Amount(2000, 2000, 1));

        story.await("it runs", () -> story.is(train, "Running"));
    }

    @Test
    void aProjectThatIsNotThereIsTheReason() {
        begin("1x4:A100:80000");
        Workload lost = workload("nobody", "lost", 1, gpus(1), -1);

        story.submit(lost)
                .await("it explains itself", () -> story.status(lost).reason.equals("ProjectMissing"));

        story.project("nobody", OPEN).await("it runs", () -> story.is(lost, "Running"));
    }

    @Test
    void stoppingFreesTheRoomAndResumingQueuesAnew() {
        begin("1x4:A100:80000");
        Workload train = workload("vision", "train", 2, gpus(2), -1);
        story.submit(train).await("it runs", () -> story.is(train, "Running"));

        story.change(train, spec -> spec.stopped = true).await("it is suspended", () -> story.is(train, "Suspended"));
        assertThat(story.bound()).isZero();

        story.change(train, spec -> spec.stopped = false).await("it runs again", () -> story.is(train, "Running"));
    }

    @Test
    void deletionLeavesNothing() {
        begin("1x4:A100:80000");
        Workload train = workload("vision", "train", 2, gpus(1), -1);
        story.submit(train).await("it runs", () -> story.is(train, "Running"));

        Story.get(story.cluster.delete(Workload.class, dev.berth.k8s.client.ObjectKey.of(train)));

        story.await("nothing is left", () -> story.isGone(train));
    }

    @Test
    void aFailedPodFailsTheWorkloadAndEndsTheOthers() {
        begin("1x4:A100:80000");
        Workload train = workload("vision", "train", 1, gpus(1), 1_000);
        train.getSpec().pod.annotations.put(dev.berth.model.Labels.SIMULATED_OUTCOME, "failed");

        story.submit(train).await("it failed", () -> story.is(train, "Failed"));

        assertThat(story.status(train).reason).isEqualTo("PodFailed");
        assertThat(story.status(train).finishedAtMillis).isNotNull();
    }
}
