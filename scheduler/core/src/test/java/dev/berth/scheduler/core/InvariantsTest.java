package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.Explanation;
import dev.berth.model.GpuRequest;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds on every cluster, whatever it looks like. */
class InvariantsTest {
    private static final int TRIES = 500;
    private static final String SEED = "20261124";
    private final Cycle warm = new Cycle();

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void capacityGangsLimitsAndGatesHoldThroughSeveralCycles(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = cluster.state(0);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4; i++) {
            CycleReport report = warm.run(state.snapshot(i), Policy.STANDARD);
            report.statements().forEach(statement -> {
                if (statement instanceof Statement.Bind bind) {
                    state.assume(bind);
                }
            });
            Audit audit = new Audit(cluster, state);
            audit.nothingIsOverCapacity();
            audit.gangsAreWhole();
            audit.limitsAndQuotasHold();
            explainsAll(state.snapshot(i), report);
            removeSomeGroups(cluster, state, random);
        }
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void theSameInputGivesTheSameReportInWhateverOrderItWasTold(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        String cold =
                new Cycle().run(cluster.state(0).snapshot(7), Policy.STANDARD).toString();

        String again = warm.run(cluster.state(0).snapshot(7), Policy.STANDARD).toString();
        String shuffled =
                warm.run(cluster.state(seed | 1).snapshot(7), Policy.STANDARD).toString();

        assertThat(again).isEqualTo(cold);
        assertThat(shuffled).isEqualTo(cold);
    }

    @Property(tries = TRIES / 5, seed = SEED, shrinking = ShrinkingMode.OFF)
    void smallBudgetsReachEverybodyInTheEnd(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = cluster.state(0);
        Cursor cursor = Cursor.START;
        for (int i = 0; i < 100; i++) {
            CycleReport report = warm.run(state.snapshot(0), Policy.STANDARD.withSteps(3), cursor);
            report.statements().forEach(statement -> state.assume((Statement.Bind) statement));
            cursor = report.next();
        }

        assertThat(warm.run(state.snapshot(0), Policy.STANDARD).statements()).isEmpty();
    }

    @Property(tries = TRIES / 5, seed = SEED, shrinking = ShrinkingMode.OFF)
    void everyNamedChangeStartsTheGroup(@ForAll long seed) {
        RandomCluster cluster = new RandomCluster(seed);
        ClusterState state = cluster.state(0);
        warm.run(state.snapshot(0), Policy.STANDARD)
                .statements()
                .forEach(statement -> state.assume((Statement.Bind) statement));
        Snapshot snapshot = state.snapshot(1);
        CycleReport report = warm.run(snapshot, Policy.STANDARD.withCounterfactuals(5));
        report.explanations().forEach((group, explanation) -> {
            for (Explanation.Change change : explanation.changes()) {
                CycleReport after = new Cycle().run(changed(snapshot, group, change), Policy.STANDARD);
                assertThat(after.statements())
                        .as(group + " " + change)
                        .anyMatch(statement -> statement.group().equals(group) && statement instanceof Statement.Bind);
            }
        });
    }

    private static void explainsAll(Snapshot after, CycleReport report) {
        List<String> waiting = after.gangs().stream()
                .filter(Gang::waits)
                .map(gang -> gang.group().id())
                .sorted()
                .toList();
        assertThat(report.explanations().keySet()).containsExactlyElementsOf(waiting);
        assertThat(report.explanations().values()).allSatisfy(why -> {
            assertThat(why.sentence()).isNotBlank();
            assertThat(why.checks()).isNotEmpty();
            assertThat(why.checks().get(why.checks().size() - 1).passed()).isFalse();
            assertThat(why.position()).isPositive();
        });
    }

    private static void removeSomeGroups(RandomCluster cluster, ClusterState state, SplittableRandom random) {
        for (Group group : cluster.groups) {
            if (random.nextInt(4) == 0) {
                cluster.tasks.stream()
                        .filter(task -> task.group().equals(group.id()))
                        .forEach(task -> state.removeTask(task.id()));
            }
        }
    }

    /** Carries a change out from its words, as a user would; shares nothing with the code that proposed it. */
    private static Snapshot changed(Snapshot snapshot, String id, Explanation.Change change) {
        Gang gang = snapshot.gang(id);
        Group group = gang.group();
        String to = change.to();
        return switch (change.field()) {
            case "workers" ->
                snapshot.with(new Gang(
                        group(group, Integer.parseInt(to), group.pool(), group.preemptible()),
                        gang.tasks().subList(0, Integer.parseInt(to))));
            case "minWorkers" ->
                snapshot.with(
                        new Gang(group(group, Integer.parseInt(to), group.pool(), group.preemptible()), gang.tasks()));
            case "preemptible" ->
                snapshot.with(new Gang(group(group, group.minMember(), group.pool(), true), gang.tasks()));
            case "nodePool" ->
                snapshot.with(new Gang(group(group, group.minMember(), to, group.preemptible()), gang.tasks()));
            case "resources.gpu.devices" ->
                requests(
                        snapshot,
                        gang,
                        old -> request(
                                old, old.cpuMilli(), old.memoryBytes(), resized(old.gpu(), Integer.parseInt(to))));
            case "resources.gpu.fractionMilli" ->
                requests(
                        snapshot,
                        gang,
                        old -> request(
                                old,
                                old.cpuMilli(),
                                old.memoryBytes(),
                                new GpuRequest.Fraction(1, Integer.parseInt(to))));
            case "resources.cpuMilli" ->
                requests(snapshot, gang, old -> request(old, Long.parseLong(to), old.memoryBytes(), old.gpu()));
            case "resources.memoryMib" ->
                requests(
                        snapshot,
                        gang,
                        old -> request(old, old.cpuMilli(), Long.parseLong(to) * Resources.MIB, old.gpu()));
            case "gpuModels" ->
                requests(
                        snapshot,
                        gang,
                        old -> new Request(
                                old.cpuMilli(),
                                old.memoryBytes(),
                                old.gpu(),
                                Set.of(to.split(",")),
                                old.nodeSelector()));
            case "nodeSelector" ->
                requests(
                        snapshot,
                        gang,
                        old -> new Request(old.cpuMilli(), old.memoryBytes(), old.gpu(), old.gpuModels(), Map.of()));
            default -> amount(snapshot, group.pool(), change);
        };
    }

    private static Snapshot amount(Snapshot snapshot, String pool, Explanation.Change change) {
        String[] path = change.field().split("\\.");
        long to = Long.parseLong(change.to());
        return snapshot.withQueue(path[1], queue -> {
            Quota quota = queue.in(pool);
            boolean gpu = path[2].equals("gpuMilli");
            Amount old = gpu ? quota.gpuMilli() : quota.cpuMilli();
            Amount changed = path[0].equals("limit")
                    ? new Amount(old.quota(), to, old.overQuotaWeight())
                    : new Amount(to, old.limit(), old.overQuotaWeight());
            Map<String, Quota> quotas = new TreeMap<>(queue.quotas());
            quotas.put(
                    pool,
                    gpu
                            ? new Quota(quota.priority(), changed, quota.cpuMilli(), quota.memoryBytes())
                            : new Quota(quota.priority(), quota.gpuMilli(), changed, quota.memoryBytes()));
            return new Queue(queue.id(), queue.parent(), queue.name(), queue.createdAtMillis(), quotas);
        });
    }

    private static Group group(Group old, int minimum, String pool, boolean preemptible) {
        return new Group(
                old.id(), old.name(), old.queue(), pool, minimum, old.priority(), preemptible, old.createdAtMillis());
    }

    private static Snapshot requests(Snapshot snapshot, Gang gang, UnaryOperator<Request> edit) {
        return snapshot.with(new Gang(
                gang.group(),
                gang.tasks().stream()
                        .map(task -> task.state() == Task.State.PENDING
                                ? Task.pending(task.id(), task.group(), task.order(), edit.apply(task.request()))
                                : task)
                        .toList()));
    }

    private static Request request(Request old, long cpuMilli, long memoryBytes, GpuRequest gpu) {
        return new Request(cpuMilli, memoryBytes, gpu, old.gpuModels(), old.nodeSelector());
    }

    private static GpuRequest resized(GpuRequest gpu, int devices) {
        return gpu.match(
                whole -> new GpuRequest.Whole(devices),
                fraction -> new GpuRequest.Fraction(devices, fraction.milli()),
                memory -> new GpuRequest.Memory(devices, memory.mib()));
    }
}
