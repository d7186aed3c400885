package dev.berth.scheduler.core;

import static dev.berth.scheduler.core.Story.cluster;
import static dev.berth.scheduler.core.Story.gpu;
import static dev.berth.scheduler.core.Story.gpus;
import static dev.berth.scheduler.core.Story.limit;
import static dev.berth.scheduler.core.Story.mib;
import static dev.berth.scheduler.core.Story.model;
import static dev.berth.scheduler.core.Story.part;
import static dev.berth.scheduler.core.Story.parts;
import static dev.berth.scheduler.core.Story.quota;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.cycle.Cycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocateTest {
    @Test
    void aGangStartsWhole() {
        CycleReport report = cluster()
                .node("n1", gpus(8))
                .node("n2", gpus(8))
                .queue("a", quota(16))
                .gang("train", "a", 4, gpu(4))
                .run();

        assertThat(Story.binds(report)).hasSize(4);
        assertThat(report.explanations()).isEmpty();
    }

    @Test
    void aGangThatDoesNotFitLeavesTheRoomToTheNext() {
        CycleReport report = cluster()
                .node("n1", gpus(8))
                .queue("a", quota(8))
                .gang("big", "a", 3, gpu(4))
                .gang("small", "a", 2, gpu(4))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("small-0", "small-1");
        assertThat(report.explanations()).containsOnlyKeys("big");
    }

    @Test
    void anElasticGroupStartsWithItsMinimumAndGrows() {
        CycleReport report = cluster()
                .node("n1", gpus(3))
                .queue("a", quota(8))
                .elastic("flex", "a", 2, 5, gpu(1))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("flex-0", "flex-1", "flex-2");
        assertThat(report.explanations()).containsOnlyKeys("flex");
    }

    @Test
    void elasticGrowthIsSharedTurnByTurn() {
        CycleReport report = cluster()
                .node("n1", gpus(6))
                .queue("a", quota(0))
                .queue("b", quota(0))
                .elastic("x", "a", 1, 6, gpu(1))
                .elastic("y", "b", 1, 6, gpu(1))
                .run();

        assertThat(Story.binds(report).keySet())
                .filteredOn(task -> task.startsWith("x"))
                .hasSize(3);
    }

    @Test
    void theQueueBelowItsQuotaGoesFirst() {
        CycleReport report = cluster()
                .node("n1", gpus(4))
                .queue("rich", quota(0))
                .queue("poor", quota(4))
                .gang("late", "rich", 1, gpu(4))
                .gang("due", "poor", 1, gpu(4))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("due-0");
    }

    @Test
    void higherPriorityGoesFirstWithinAQueue() {
        CycleReport report = cluster()
                .node("n1", gpus(4))
                .queue("a", quota(4))
                .gang("train", "a", 1, gpu(4))
                .fixed("serve", "a", 1, gpu(4))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("serve-0");
    }

    @Test
    void aLimitHoldsAtEveryAncestor() {
        CycleReport report = cluster()
                .node("n1", gpus(8))
                .queue("root", limit(2, 2))
                .queue("middle", "root", quota(8))
                .queue("leaf", "middle", quota(8))
                .gang("a", "leaf", 1, gpu(2))
                .gang("b", "leaf", 1, gpu(1))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("a-0");
    }

    @Test
    void whatNobodyMayTakeStaysWithinQuota() {
        CycleReport report = cluster()
                .node("n1", gpus(8))
                .queue("a", quota(2))
                .fixed("fits", "a", 1, gpu(2))
                .fixed("over", "a", 1, gpu(1))
                .gang("free", "a", 1, gpu(1))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("fits-0", "free-0");
    }

    @Test
    void partsShareADevice() {
        CycleReport report = cluster()
                .node("n1", gpus(2))
                .queue("a", quota(2))
                .gang("half", "a", 2, part(500))
                .gang("whole", "a", 1, gpu(1))
                .run();

        assertThat(Story.bind(report, "half-0").devices())
                .isEqualTo(Story.bind(report, "half-1").devices());
        assertThat(Story.bind(report, "half-0").milliPerDevice()).isEqualTo(500);
        assertThat(Story.bind(report, "whole-0").devices())
                .isNotEqualTo(Story.bind(report, "half-0").devices());
    }

    @Test
    void partsOfSeveralDevicesAreOnDifferentOnes() {
        CycleReport report = cluster()
                .node("n1", gpus(2))
                .queue("a", quota(2))
                .gang("wide", "a", 2, parts(2, 500))
                .run();

        assertThat(Story.bind(report, "wide-0").devices()).isEqualTo(List.of(0, 1));
        assertThat(Story.bind(report, "wide-1").devices()).isEqualTo(List.of(0, 1));
    }

    @Test
    void gpuMemoryIsChargedInHundredthsRoundedUp() {
        CycleReport report = cluster()
                .node("n1", gpus(1))
                .queue("a", quota(2))
                .gang("ml", "a", 1, mib(10_001))
                .run();

        assertThat(Story.bind(report, "ml-0").milliPerDevice()).isEqualTo(260);
        assertThat(report.shares().get(0).allocated().gpuMilli()).isEqualTo(260);
    }

    @Test
    void modelsAndSelectorsChooseTheNodes() {
        CycleReport report = cluster()
                .node("a-plain", gpus(8))
                .node("b-other", model("H100").apply(gpus(8)))
                .nodeIn("default", "c-labelled", gpus(8), Map.of("zone", "z"))
                .queue("a", quota(24))
                .gang("modern", "a", 1, Story.of(gpu(1), "H100", "H200"))
                .gang("local", "a", 1, Story.on(gpu(1), "zone", "z"))
                .run();

        assertThat(Story.binds(report)).containsEntry("modern-0", "b-other").containsEntry("local-0", "c-labelled");
    }

    @Test
    void packingFillsTheOpenNodeAndSpreadingTheEmptyOne() {
        Story story = cluster()
                .node("n1", gpus(8))
                .node("n2", gpus(8))
                .queue("a", quota(16))
                .running("old", "a", gpu(1), "n2", 0)
                .gang("new", "a", 1, gpu(1));

        assertThat(Story.binds(story.run())).containsEntry("new-0", "n2");
        assertThat(Story.binds(story.pool("default", Placement.SPREAD).run())).containsEntry("new-0", "n1");
    }

    @Test
    void roomOfThoseWhoLeaveIsKeptForTheGang() {
        CycleReport report = cluster()
                .node("n1", gpus(4))
                .queue("a", quota(4))
                .leaving("old", "a", gpu(3), "n1", 0, 1, 2)
                .gang("first", "a", 2, gpu(2))
                .gang("second", "a", 1, gpu(1))
                .run();

        assertThat(Story.binds(report)).isEmpty();
        assertThat(report.statements()).extracting(Statement::task).containsExactly("first-0", "first-1");
        assertThat(report.explanations().get("first").sentence()).contains("as soon as others have left");
    }

    @Test
    void podsOfOtherSchedulersTakeRoomButNoShare() {
        CycleReport report = cluster()
                .node("n1", gpus(4))
                .queue("a", quota(0))
                .foreign("theirs", gpu(3), "n1")
                .gang("one", "a", 1, gpu(1))
                .gang("two", "a", 1, gpu(1))
                .run();

        assertThat(Story.binds(report)).containsOnlyKeys("one-0");
        assertThat(Story.bind(report, "one-0").devices()).isEqualTo(List.of(3));
        assertThat(report.shares().get(0).fairShare().gpuMilli()).isEqualTo(1000);
    }

    @Test
    void aSweepThatEndsEarlyGoesOnWithThoseWhoHadNoTurn() {
        Snapshot snapshot = cluster()
                .node("n1", gpus(1))
                .queue("a", quota(1))
                .gang("a-big", "a", 1, gpu(2))
                .gang("b-big", "a", 1, gpu(3))
                .gang("c-small", "a", 1, gpu(1))
                .snapshot();
        Cycle cycle = new Cycle();
        Policy tiny = Policy.STANDARD.withSteps(2);

        CycleReport first = cycle.run(snapshot, tiny);
        CycleReport second = cycle.run(snapshot, tiny, first.next());
        CycleReport third = cycle.run(snapshot, tiny, second.next());

        assertThat(first.next().hadTheirTurn()).containsExactly("a-big");
        assertThat(second.next().hadTheirTurn()).containsExactly("a-big", "b-big");
        assertThat(Story.binds(third)).containsOnlyKeys("c-small-0");
    }

    @Test
    void assumedBindsTakeTheirRoomInTheNextSnapshot() {
        ClusterState state = cluster()
                .node("n1", gpus(1))
                .queue("a", quota(1))
                .gang("one", "a", 1, gpu(1))
                .gang("two", "a", 1, gpu(1))
                .state();
        Cycle cycle = new Cycle();
        CycleReport first = cycle.run(state.snapshot(1), Policy.STANDARD);
        state.assume(Story.bind(first, "one-0"));

        CycleReport second = cycle.run(state.snapshot(2), Policy.STANDARD);

        assertThat(second.statements()).isEmpty();
        assertThat(second.explanations()).containsOnlyKeys("two");
    }
}
