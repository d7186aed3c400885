package dev.berth.scheduler.core;

import static dev.berth.scheduler.core.Story.cluster;
import static dev.berth.scheduler.core.Story.gpu;
import static dev.berth.scheduler.core.Story.gpus;
import static dev.berth.scheduler.core.Story.quota;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Labels;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvictTest {
    private static final long NOW = 1_000_000;
    private static final Policy ALL = Policy.STANDARD.with(PoolPolicy.ALL_ACTIONS);

    @Test
    void theUsualPolicyEvictsNobody() {
        assertThat(overServed().run().statements()).isEmpty();
    }

    @Test
    void reclaimTakesFromTheQueueThatHasMoreThanItsShare() {
        CycleReport report = run(overServed().snapshot());

        assertThat(evicted(report)).containsExactly("young-0");
        assertThat(waiting(report)).containsExactly("due-0");
        assertThat(report.explanations().get("due").sentence()).contains("as soon as others have left");
    }

    /** Two queues of quota 2; one holds all 4 GPUs. */
    private static Story overServed() {
        return cluster()
                .node("n1", gpus(4))
                .queue("rich", quota(2))
                .queue("poor", quota(2))
                .running("old", "rich", gpu(2), "n1", 0, 1)
                .running("young", "rich", gpu(2), "n1", 2, 3)
                .gang("due", "poor", 1, gpu(2));
    }

    @Test
    void whatHasNotRunForLongEnoughIsSafeFromOtherQueues() {
        ClusterState state = overServed().state();
        Quota quota = new Quota(100, quota(2), Amount.FREE, Amount.FREE);
        state.put(
                new Queue("rich", "", "rich", 0, Map.of(Labels.DEFAULT_POOL, quota), new Queue.Protection(-1, 60_000)));
        state.put(started("old", NOW - 70_000));
        state.put(started("young", NOW - 50_000));

        assertThat(evicted(run(state.snapshot(NOW)))).containsExactly("old-0");
    }

    private static Group started(String name, long at) {
        return new Group(name, name, "rich", Labels.DEFAULT_POOL, 1, 50, true, 0, false, SubGroup.flat(1), at, 0);
    }

    @Test
    void preemptEndsLowerPriorityInTheSameQueueOnly() {
        CycleReport report = run(cluster()
                .node("n1", gpus(4))
                .queue("a", quota(4))
                .queue("b", quota(0))
                .running("low", "a", gpu(4), "n1", 0, 1, 2, 3)
                .fixed("serve", "a", 1, gpu(4))
                .fixed("other", "b", 1, gpu(4))
                .snapshot());

        assertThat(evicted(report)).containsExactly("low-0");
        assertThat(waiting(report)).containsExactly("serve-0");
    }

    @Test
    void consolidateMovesSoThatWhatIsFreeIsTogether() {
        CycleReport report = run(cluster()
                .node("n1", gpus(4))
                .node("n2", gpus(4))
                .queue("a", quota(8))
                .running("one", "a", gpu(2), "n1", 0, 1)
                .running("two", "a", gpu(2), "n2", 0, 1)
                .gang("whole", "a", 1, gpu(4))
                .snapshot());

        assertThat(evicted(report)).hasSize(1);
        assertThat(waiting(report)).hasSize(2).contains("whole-0").containsAll(evicted(report));
    }

    @Test
    void ofASemiPreemptibleGangOnlyTheRestMayBeTaken() {
        ClusterState state = cluster()
                .node("n1", gpus(4))
                .queue("rich", quota(1))
                .queue("poor", quota(4))
                .gang("due", "poor", 1, gpu(2))
                .state();
        state.put(
                new Group("semi", "semi", "rich", Labels.DEFAULT_POOL, 1, 50, false, 0, true, SubGroup.flat(1), 0, 0));
        for (int i = 0; i < 4; i++) {
            state.put(Task.pending("semi-" + i, "semi", i, gpu(1)).running(new Spot("n1", List.of(i), 1000)));
        }

        assertThat(evicted(run(state.snapshot(NOW)))).containsExactlyInAnyOrder("semi-3", "semi-2");
    }

    @Test
    void whatIsLeftOfAGangBelowItsMinimumIsEndedAfterAWhile() {
        ClusterState state = cluster().node("n1", gpus(4)).queue("a", quota(4)).state();
        state.put(broken(NOW - 10_000));
        state.put(Task.pending("broken-0", "broken", 0, gpu(1)).running(new Spot("n1", List.of(0), 1000)));
        assertThat(evicted(run(state.snapshot(NOW)))).isEmpty();

        state.put(broken(NOW - 61_000));
        assertThat(evicted(run(state.snapshot(NOW)))).containsExactly("broken-0");
    }

    private static Group broken(long since) {
        return new Group(
                "broken", "broken", "a", Labels.DEFAULT_POOL, 2, 50, true, 0, false, SubGroup.flat(2), 0, since);
    }

    @Test
    void aGangStaysWithinOneDomainOfItsTopology() {
        ClusterState state = cluster()
                .nodeIn("default", "a1", gpus(2), Map.of("rack", "a"))
                .nodeIn("default", "a2", gpus(1), Map.of("rack", "a"))
                .nodeIn("default", "b1", gpus(2), Map.of("rack", "b"))
                .nodeIn("default", "b2", gpus(2), Map.of("rack", "b"))
                .queue("q", quota(8))
                .state();
        state.put(new Topology("racks", List.of("rack")));
        SubGroup root = new SubGroup(
                "",
                new TopologyBound("racks", "rack", ""),
                List.of(new PodSet(PodSet.DEFAULT, 4, TopologyBound.NONE)),
                List.of());
        state.put(new Group("g", "g", "q", Labels.DEFAULT_POOL, 4, 50, true, 0, false, root, 0, 0));
        for (int i = 0; i < 4; i++) {
            state.put(Task.pending("g-" + i, "g", i, gpu(1)));
        }

        assertThat(Story.binds(run(state.snapshot(NOW))).values()).allMatch(node -> node.startsWith("b"));
    }

    private static CycleReport run(Snapshot snapshot) {
        return new Cycle().run(snapshot, ALL);
    }

    private static List<String> evicted(CycleReport report) {
        return report.statements().stream()
                .filter(Statement.Evict.class::isInstance)
                .map(Statement::task)
                .toList();
    }

    private static List<String> waiting(CycleReport report) {
        return report.statements().stream()
                .filter(Statement.Pipeline.class::isInstance)
                .map(Statement::task)
                .toList();
    }
}
