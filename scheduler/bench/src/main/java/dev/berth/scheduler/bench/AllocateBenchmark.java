package dev.berth.scheduler.bench;

import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.cycle.Cycle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An empty cluster and jobs of one GPU: the whole cycle, from the snapshot to the report. */
@State(Scope.Thread)
public class AllocateBenchmark {
    /** Nodes of 8 GPUs. */
    @Param("100")
    int nodes;

    /** Pending jobs. */
    @Param("500")
    int jobs;

    private Snapshot snapshot = new Fleet(0).state().snapshot(0);

    @Setup(Level.Invocation)
    public void fill() {
        snapshot = new Fleet(nodes).equalQueues(4).pending(jobs).state().snapshot(0);
    }

    @Benchmark
    public CycleReport allocate() {
        return Proof.bound(new Cycle().run(snapshot, Policy.STANDARD), Math.min(jobs, nodes * Fleet.GPUS));
    }
}
