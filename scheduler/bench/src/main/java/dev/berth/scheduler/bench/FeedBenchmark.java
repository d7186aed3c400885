package dev.berth.scheduler.bench;

import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 4,000 nodes and 140,000 pods, most of them without GPU, of which 1 % change from one cycle to the next. */
@State(Scope.Thread)
public class FeedBenchmark {
    private static final int NODES = 4_000;
    private static final int PODS = 140_000;
    private static final int CHANGED = PODS / 100;

    private final List<Task> pods = new ArrayList<>(PODS);
    private final Cycle cycle = new Cycle();
    private ClusterState state = new ClusterState();
    private Snapshot snapshot = state.snapshot(0);
    private int from;

    @Setup(Level.Trial)
    public void fill() {
        Fleet fleet = new Fleet(NODES).equalQueues(100);
        state = fleet.state();
        fleet.running(NODES * Fleet.GPUS / 2, Fleet.Layout.PACKED);
        for (int i = NODES * Fleet.GPUS / 2; i < PODS; i++) {
            String id = "daemon-" + i;
            pods.add(Task.pending(id, "", 0, Fleet.request(0)).running(new Spot(Fleet.node(i % NODES), List.of(), 0)));
            state.put(pods.get(pods.size() - 1));
        }
        snapshot = state.snapshot(0);
        cycle.run(snapshot, Policy.STANDARD);
    }

    /** One pod of a hundred leaves or comes back, then the picture is taken. */
    @Benchmark
    public Snapshot snapshotFromEvents() {
        for (int i = 0; i < CHANGED; i++) {
            Task pod = pods.get((from + i * 97) % pods.size());
            if (state.task(pod.id()) == null) {
                state.put(pod);
            } else {
                state.removeTask(pod.id());
            }
        }
        from++;
        return state.snapshot(from);
    }

    @Benchmark
    public CycleReport idleCycle() {
        return cycle.run(snapshot, Policy.STANDARD);
    }
}
