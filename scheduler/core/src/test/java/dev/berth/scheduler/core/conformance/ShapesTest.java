package dev.berth.scheduler.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GpuRequest;
import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.PoolPolicy;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.cycle.Cycle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shapes by which schedulers of this kind are compared. Times are of the processor, printed, and bounded
 * loosely, as machines differ. */
class ShapesTest {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final Request ONE = Request.of(100, 1 << 20, new GpuRequest.Whole(1));
    private static final Request EIGHT = Request.of(100, 1 << 20, new GpuRequest.Whole(8));

    @Test
    void reclaimForOneLargeGang() {
        for (int nodes : new int[] {200, 500, 1000}) {
            ClusterState state = cluster(nodes);
            queue(state, "queue-0", 0, 0);
            queue(state, "queue-1", 8L * nodes, 1);
            for (int i = 0; i < 8 * nodes; i++) {
                running(state, "job-" + i, "queue-0", i / 8, i % 8, i);
            }
            gang(state, "large", "queue-1", nodes / 10, EIGHT, 1_000_000);
            CycleReport report = timed("reclaim for a gang of " + nodes / 10 + " at " + nodes + " nodes", state, 1500);
            assertThat(evictions(report)).isEqualTo(8 * (nodes / 10));
        }
    }

    @Test
    void reclaimFourThousandForFourThousand() {
        ClusterState state = cluster(500);
        queue(state, "queue-0", 2000, 1);
        queue(state, "queue-1", 2000, 1);
        for (int i = 0; i < 4000; i++) {
            running(state, "job-" + i, "queue-0", i / 8, i % 8, i);
            gang(state, "wants-" + i, "queue-1", 1, ONE, 10_000 + i);
        }
        CycleReport report = timed("reclaim 4,000 + 4,000 at 500 nodes", state, 15_000);
        assertThat(evictions(report)).isEqualTo(2000);
    }

    @Test
    void allocateManyOnAnEmptyCluster() {
        ClusterState state = cluster(1000);
        queue(state, "queue-0", 4000, 1);
        queue(state, "queue-1", 4000, 1);
        for (int i = 0; i < 8000; i++) {
            gang(state, "wants-" + i, "queue-" + i % 2, 1, ONE, i);
        }
        CycleReport report = timed("allocate 8,000 at 1,000 nodes", state, 4000);
        assertThat(report.statements()).hasSize(8000);
    }

    @Test
    void consolidateAndPreempt() {
        ClusterState state = cluster(500);
        queue(state, "queue-0", 4000, 1);
        for (int i = 0; i < 2000; i++) {
            running(state, "job-" + i, "queue-0", i / 4, i % 4, i);
        }
        for (int i = 0; i < 50; i++) {
            gang(state, "wants-" + i, "queue-0", 1, EIGHT, 10_000 + i);
        }
        timed("consolidate for 50 whole nodes at 500 half-full nodes", state, 5000);
    }

    private static ClusterState cluster(int nodes) {
        ClusterState state = new ClusterState();
        for (int i = 0; i < nodes; i++) {
            state.put(new Node(node(i), "default", Map.of(), 256_000, 1L << 40, 200, 8, "H100", 80_000, true, true));
        }
        return state;
    }

    private static String node(int i) {
        return "node-" + (10_000 + i);
    }

    private static void queue(ClusterState state, String name, long gpus, double weight) {
        Quota quota = new Quota(100, new Amount(gpus * 1000, Amount.UNLIMITED, weight), Amount.FREE, Amount.FREE);
        state.put(new Queue(name, "", name, 0, Map.of("default", quota)));
    }

    private static void running(ClusterState state, String name, String queue, int node, int device, int created) {
        gang(state, name, queue, 1, ONE, created);
        state.put(Task.pending(name + "-0", name, 0, ONE).running(new Spot(node(node), List.of(device), 1000)));
    }

    private static void gang(ClusterState state, String name, String queue, int size, Request request, int created) {
        state.put(new Group(name, name, queue, "default", size, 50, true, created));
        for (int i = 0; i < size; i++) {
            state.put(Task.pending(name + "-" + i, name, i, request));
        }
    }

    private static CycleReport timed(String shape, ClusterState state, long mostMillis) {
        Policy policy = new Policy(1L << 40, 0, 0).with(new PoolPolicy(Action.ALL, PoolPolicy.ANY_NUMBER, true, 0, 1));
        Snapshot snapshot = state.snapshot(1);
        List<Long> millis = new ArrayList<>();
        CycleReport report = null;
        for (int i = 0; i < 4; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            report = new Cycle().run(snapshot, policy);
            millis.add((CLOCK.getCurrentThreadCpuTime() - start) / 1_000_000);
        }
        System.out.println(shape + ": " + millis + " ms, " + report.steps() + " steps");
        assertThat(millis.get(3)).isLessThan(mostMillis);
        return report;
    }

    private static int evictions(CycleReport report) {
        int count = 0;
        for (Statement statement : report.statements()) {
            count += statement instanceof Statement.Evict ? 1 : 0;
        }
        return count;
    }
}
