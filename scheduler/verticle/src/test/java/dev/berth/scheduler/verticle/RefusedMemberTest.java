package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.gpus;
import static dev.berth.scheduler.verticle.Story.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.simulated.Faults;
import dev.berth.model.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gang was decided as a whole, but the cluster refused to bind one of its pods. */
class RefusedMemberTest {
    private static final Workload GANG = workload("vision", "gang", 3, gpus(1), 1_000);

    private volatile boolean refuses = true;
    private Story story;

    @BeforeEach
    void oneOfThreeIsRefused() {
        Faults faults = (call, kind, key) ->
                refuses && call == Faults.Call.BIND && key.name().equals("gang-1")
                        ? Optional.of(new Refusal.Conflict("Somebody was quicker.", ""))
                        : Optional.empty();
        story = Story.on("1x4:A100:80000", faults).project("vision", new Amount(0, Amount.UNLIMITED, 1));
        story.operator();
    }

    @AfterEach
    void close() {
        assertThat(story.check.violations()).isEmpty();
        story.close();
    }

    @Test
    void itStartsThoughTheOthersAreFinishedByNow() {
        story.scheduler();
        story.submit(GANG).await("the others are finished", this::twoAreFinished);

        refuses = false;

        story.await("it is finished too", () -> story.is(GANG, "Succeeded"));
    }

    @Test
    void theNextSchedulerSeesThatTheOthersAreFinished() {
        story.with("leaseSeconds", 2);
        String first = story.scheduler();
        story.submit(GANG).await("the others are finished", this::twoAreFinished);
        story.stop(first);

        refuses = false;
        story.scheduler("scheduler@next");

        story.await("it is finished too", () -> story.is(GANG, "Succeeded"));
    }

    private boolean twoAreFinished() {
        return story.status(GANG).podCounts.getOrDefault("Succeeded", 0) == 2;
    }
}
