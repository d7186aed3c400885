package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.gpus;
import static dev.berth.scheduler.verticle.Story.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What survives: everything, as nothing is kept but in the cluster. */
class RestartTest {
    private static final Amount OPEN = new Amount(0, Amount.UNLIMITED, 1);

    private Story story;

    @AfterEach
    void nothingWasOverCommitted() {
        assertThat(story.check.violations()).isEmpty();
        assertThat(story.kubelets.rejected()).isZero();
        story.close();
    }

    @Test
    void restartsInTheMiddleLoseNothingAndBindNothingTwice() {
        story = Story.on("4x8:A100:80000").project("vision", OPEN).with("leaseSeconds", 2);
        String operator = story.operator();
        String scheduler = story.scheduler();
        List<Workload> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Workload one = workload("vision", "job-" + i, 1 + i % 3, gpus(1 + i % 2), 4_000 + 100L * i);
            all.add(one);
            story.submit(one);
            if (i % 40 == 20) {
                story.stop(operator);
                story.stop(scheduler);
                operator = story.operator();
                scheduler = story.scheduler();
            }
            if (i % 40 == 30) {
                story.cluster.breakWatches();
            }
        }

        story.await("all have ended", () -> all.stream().allMatch(one -> story.is(one, "Succeeded")));

        int pods = all.stream().mapToInt(one -> one.getSpec().workers).sum();
        assertThat(story.check.binds())
                .as("each pod once, and once more only after an eviction")
                .isBetween(pods, pods + (int) story.evictions());
        assertThat(story.cluster.list(Pod.class)).hasSize(pods);
    }

    @Test
    void ofTwoSchedulersOneBindsAndTheOtherTakesOver() {
        story = Story.onTheWall("2x4:A100:80000").project("vision", OPEN).with("leaseSeconds", 2);
        story.operator();
        String first = story.scheduler("scheduler@one");
        Workload before = workload("vision", "before", 1, gpus(2), -1);
        story.submit(before).await("it runs", () -> story.is(before, "Running"));
        story.scheduler("scheduler@two");
        assertThat(story.leaders()).isEqualTo(1);

        story.stop(first);
        Workload after = workload("vision", "after", 1, gpus(2), -1);
        story.submit(after).await("the other bound it", () -> story.is(after, "Running"));

        assertThat(story.leaders()).isEqualTo(1);
    }

    @Test
    void aSchedulerThatLostItsLeaseBindsNothing() {
        story = Story.onTheWall("2x4:A100:80000").project("vision", OPEN).with("leaseSeconds", 2);
        story.operator();
        String rival = "somebody-else";
        assertThat(Story.get(story.cluster.holdLease("berth-scheduler", rival, 600)))
                .isTrue();
        story.scheduler();
        Workload waits = workload("vision", "waits", 1, gpus(2), -1);
        story.submit(waits)
                .await("its pod is there", () -> !story.status(waits).podCounts.isEmpty());

        assertThat(story.leaders()).isZero();
        assertThat(story.bound()).isZero();

        assertThat(Story.get(story.cluster.holdLease("berth-scheduler", rival, 1)))
                .isTrue();
        story.await("it runs once the lease is free", () -> story.is(waits, "Running"));
    }
}
