package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.cycle.Cycle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What must hold when all actions are on, on random clusters that are half full of older work. */
class MakingRoomTest {
    private static final int TRIES = 500;
    private static final String SEED = "20261124";
    private static final Policy ALL = Policy.STANDARD.with(PoolPolicy.ALL_ACTIONS);
    private final Cycle warm = new Cycle();

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void whenAllHaveLeftAndComeNothingIsOverCapacityAndGangsAreWhole(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = halfFull(cluster, seed, 0);
        for (int i = 0; i < 3; i++) {
            CycleReport report = warm.run(state.snapshot(10_000_000), ALL);
            carryOut(cluster, state, report);
            Audit audit = new Audit(cluster, state);
            audit.nothingIsOverCapacity();
            audit.gangsAreWhole();
            audit.limitsAndQuotasHold();
        }
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void nobodyIsEndedWhoMayNotBeAndOnlyForOthersWhoCome(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = halfFull(cluster, seed, 0);
        Map<String, Group> groups = new HashMap<>();
        cluster.groups.forEach(group -> groups.put(group.id(), group));

        CycleReport report = warm.run(state.snapshot(10_000_000), ALL);

        Set<String> ended = new HashSet<>();
        Set<String> coming = new HashSet<>();
        report.statements()
                .forEach(statement -> statement.match(
                        bind -> true, pipeline -> coming.add(pipeline.group()), evict -> ended.add(evict.task())));
        for (String task : ended) {
            assertThat(groups.get(state.task(task).group()).preemptible()).isTrue();
        }
        assertThat(ended.isEmpty() || !coming.isEmpty()).isTrue();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void theSameInputGivesTheSameReportInWhateverOrderItWasTold(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        String cold = new Cycle()
                .run(halfFull(cluster, seed, 0).snapshot(10_000_000), ALL)
                .toString();

        assertThat(warm.run(halfFull(cluster, seed, seed | 1).snapshot(10_000_000), ALL)
                        .toString())
                .isEqualTo(cold);
    }

    @Property(tries = 100, seed = SEED, shrinking = ShrinkingMode.OFF)
    void smallBudgetsGiveEverybodyATurnInEachAction(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = halfFull(cluster, seed, 0);
        Cursor cursor = Cursor.START;
        boolean finished = false;
        Set<String> had = new HashSet<>();
        for (int i = 0; i < 40 && !finished; i++) {
            CycleReport report = warm.run(state.snapshot(10_000_000), ALL.withSteps(20), cursor);
            carryOut(cluster, state, report);
            cursor = report.next();
            had.addAll(cursor.tried(Action.RECLAIM));
            finished = cursor.tried(Action.RECLAIM).isEmpty()
                    && report.statements().isEmpty();
        }
        Snapshot after = state.snapshot(10_000_000);
        Set<String> scarce = new HashSet<>();
        had.forEach(id -> scarce.add(after.gang(id).group().pool()));
        for (Gang gang : after.gangs()) {
            boolean known = after.queues().stream()
                    .anyMatch(queue -> queue.id().equals(gang.group().queue()));
            assertThat(finished
                            || !gang.waits()
                            || !scarce.contains(gang.group().pool())
                            || !known
                            || had.contains(gang.group().id()))
                    .as(gang.group().id())
                    .isTrue();
        }
        Audit audit = new Audit(cluster, state);
        audit.nothingIsOverCapacity();
        audit.gangsAreWhole();
    }

    /** The first half of the groups may lose its room and runs already, as far as it found some. */
    private static ClusterState halfFull(RandomCluster cluster, long seed, long shuffle) {
        for (int i = 0; i < cluster.groups.size() / 2; i++) {
            Group old = cluster.groups.get(i);
            cluster.groups.set(
                    i,
                    new Group(
                            old.id(),
                            old.name(),
                            old.queue(),
                            old.pool(),
                            old.minMember(),
                            50,
                            true,
                            old.createdAtMillis()));
        }
        ClusterState early = cluster.state(0);
        List<Group> later = cluster.groups.subList(cluster.groups.size() / 2, cluster.groups.size());
        later.forEach(group -> early.removeGroup(group.id()));
        CycleReport first = new Cycle().run(early.snapshot(1), Policy.STANDARD);
        ClusterState state = cluster.state(shuffle);
        List<Statement> binds = new ArrayList<>(first.statements());
        java.util.Collections.shuffle(binds, new java.util.Random(new SplittableRandom(seed).nextLong()));
        for (Statement statement : binds) {
            if (statement instanceof Statement.Bind bind) {
                state.assume(bind);
            }
        }
        return state;
    }

    /** As if all who were told to leave had left, and all who were told to come had come. */
    private static void carryOut(RandomCluster cluster, ClusterState state, CycleReport report) {
        Map<String, Node> nodes = new HashMap<>();
        cluster.nodes.forEach(node -> nodes.put(node.name(), node));
        for (Statement statement : report.statements()) {
            Task task = state.task(statement.task());
            if (statement instanceof Statement.Evict) {
                state.put(Task.pending(task.id(), task.group(), task.order(), task.request()));
            }
        }
        for (Statement statement : report.statements()) {
            Task task = state.task(statement.task());
            if (statement instanceof Statement.Bind bind) {
                state.assume(bind);
            } else if (statement instanceof Statement.Pipeline pipeline) {
                Node node = nodes.get(pipeline.node());
                int milli = pipeline.devices().isEmpty()
                        ? 0
                        : Devices.milli(task.request().gpu(), node.gpuMemoryMib());
                state.put(task.running(new Spot(pipeline.node(), pipeline.devices(), milli)));
            }
        }
    }
}
