package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GpuRequest;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.cycle.Counterfactuals;
import dev.berth.scheduler.core.cycle.Cycle;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures cycles on a cluster of the size and shape of a production trace: 1,213 nodes, 6,212 GPUs. */
@Tag("benchmark")
class SpeedTest {
    private static final int PER_CYCLE = 200;
    private static final int CYCLES = 60;
    private final SplittableRandom random = new SplittableRandom(42);
    private final ClusterState state = new ClusterState();
    private final Deque<String> running = new ArrayDeque<>();
    private int arrived;

    @Test
    void aCycleWithTwoHundredPendingIsFast() {
        buildCluster();
        Cycle cycle = new Cycle();
        List<Long> snapshots = new ArrayList<>();
        List<Long> cycles = new ArrayList<>();
        long bound = 0;
        for (int i = 0; i < CYCLES; i++) {
            arrive(PER_CYCLE);
            long start = cpuNanos();
            Snapshot snapshot = state.snapshot(i * 1000L);
            long ready = cpuNanos();
            CycleReport report = cycle.run(snapshot, Policy.STANDARD);
            cycles.add((cpuNanos() - ready) / 1000);
            snapshots.add((ready - start) / 1000);
            bound += report.statements().size();
            bindAll(report);
            leave(running.size() - 5000);
        }
        List<Long> warm = new ArrayList<>(cycles.subList(CYCLES / 2, CYCLES));
        Collections.sort(warm);
        Collections.sort(snapshots);
        System.out.printf(
                Locale.ROOT,
                "{\"case\": \"arrivals\", \"nodes\": 1213, \"running\": %d, \"arrivingPerCycle\": %d, \"bound\": %d,"
                        + " \"cycleMillis\": {\"p50\": %.1f, \"max\": %.1f, \"first\": %.1f}, \"snapshotMillisP50\": %.2f}%n",
                running.size(),
                PER_CYCLE,
                bound,
                warm.get(warm.size() / 2) / 1000.0,
                warm.get(warm.size() - 1) / 1000.0,
                cycles.get(0) / 1000.0,
                snapshots.get(snapshots.size() / 2) / 1000.0);

        assertThat(bound).isGreaterThan(CYCLES * PER_CYCLE / 2);
    }

    /** A full cluster: most of what waits cannot start and is explained. */
    @Test
    void aFullClusterWithManyWaitingIsFastToo() {
        buildCluster();
        Cycle cycle = new Cycle();
        for (int i = 0; i < CYCLES; i++) {
            arrive(PER_CYCLE);
            bindAll(cycle.run(state.snapshot(i), Policy.STANDARD));
        }
        List<Long> cycles = new ArrayList<>();
        int waiting = 0;
        for (int i = 0; i < CYCLES; i++) {
            leave(30);
            arrive(30);
            Snapshot snapshot = state.snapshot(i);
            long start = cpuNanos();
            CycleReport report = cycle.run(snapshot, Policy.STANDARD);
            cycles.add((cpuNanos() - start) / 1000);
            bindAll(report);
            waiting = report.explanations().size();
        }
        Collections.sort(cycles);
        Snapshot last = state.snapshot(0);
        String first = cycle.run(last, Policy.STANDARD)
                .explanations()
                .keySet()
                .iterator()
                .next();
        long start = cpuNanos();
        int changes =
                new Counterfactuals(cycle).of(last, Policy.STANDARD, first).size();
        System.out.printf(
                Locale.ROOT,
                "{\"case\": \"full\", \"nodes\": 1213, \"running\": %d, \"waiting\": %d,"
                        + " \"cycleMillis\": {\"p50\": %.1f, \"max\": %.1f}, \"changes\": %d, \"changesMillis\": %.1f}%n",
                running.size(),
                waiting,
                cycles.get(cycles.size() / 2) / 1000.0,
                cycles.get(cycles.size() - 1) / 1000.0,
                changes,
                (cpuNanos() - start) / 1e6);

        assertThat(waiting).isPositive();
    }

    private void bindAll(CycleReport report) {
        for (Statement statement : report.statements()) {
            state.assume((Statement.Bind) statement);
            running.add(statement.task());
        }
    }

    private void buildCluster() {
        nodes(549, 8, 96, 384, "G2");
        nodes(404, 2, 104, 512, "T4");
        nodes(39, 8, 128, 768, "G3");
        nodes(134, 2, 64, 256, "P100");
        nodes(30, 8, 96, 768, "V100M32");
        nodes(57, 4, 32, 128, "V100M16");
        for (int i = 0; i < 20; i++) {
            state.put(new Queue(
                    "q" + i,
                    "",
                    "q" + i,
                    i,
                    Map.of("default", new Quota(100, Story.quota(300), Amount.FREE, Amount.FREE))));
        }
    }

    private void nodes(int count, int gpus, int cores, int gib, String model) {
        for (int i = 0; i < count; i++) {
            state.put(new Node(
                    model + "-" + i,
                    "default",
                    Map.of(),
                    cores * 1000L,
                    gib * Story.GIB,
                    110,
                    gpus,
                    model,
                    16_000,
                    true,
                    true));
        }
    }

    private void arrive(int count) {
        for (int i = 0; i < count; i++) {
            String id = "g" + arrived++;
            int workers = random.nextInt(20) == 0 ? 4 : 1;
            state.put(new Group(id, id, "q" + random.nextInt(20), "default", workers, 50, true, arrived));
            Request request = request();
            for (int worker = 0; worker < workers; worker++) {
                state.put(Task.pending(id + "-" + worker, id, worker, request));
            }
        }
    }

    /** Shapes as common as in the trace: mostly parts of one GPU and whole ones, few large, some without. */
    private Request request() {
        int[] milli = {460, 500, 250, 810, 700, 100, 160, 900};
        int kind = random.nextInt(100);
        GpuRequest gpu = kind < 14
                ? GpuRequest.NONE
                : kind < 52
                        ? new GpuRequest.Fraction(1, milli[random.nextInt(milli.length)])
                        : kind < 97 ? new GpuRequest.Whole(1) : new GpuRequest.Whole(random.nextBoolean() ? 2 : 8);
        long cores = 1 + random.nextInt(16);
        return Request.of(cores * 1000, (2 + random.nextInt(4) * 8) * 1024 * Resources.MIB, gpu);
    }

    private void leave(int count) {
        for (int i = 0; i < count; i++) {
            String task = running.remove();
            state.removeTask(task);
            state.removeGroup(task.substring(0, task.lastIndexOf('-')));
        }
    }

    /** Time that this thread had a core: what others do on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
