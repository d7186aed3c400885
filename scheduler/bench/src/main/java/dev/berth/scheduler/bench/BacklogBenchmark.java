package dev.berth.scheduler.bench;

import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.cycle.Cycle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 100,000 pending jobs in 1,000 queues on 5,000 nodes: how soon the first bindings leave. */
@State(Scope.Thread)
public class BacklogBenchmark {
    private static final int NODES = 5_000;
    private static final int JOBS = 100_000;

    /** About what one cycle looks at in half a second; the rest has its turn in the next one. */
    private static final long STEPS = 4_000_000;

    private Snapshot snapshot = new Fleet(0).state().snapshot(0);
    private Cycle cycle = new Cycle();

    @Setup(Level.Invocation)
    public void fill() {
        snapshot = new Fleet(NODES).departments(10, 1_000).pending(JOBS).state().snapshot(0);
        cycle = new Cycle();
    }

    @Benchmark
    public CycleReport firstBindings() {
        CycleReport report = cycle.run(snapshot, Policy.STANDARD.withSteps(STEPS));
        if (report.statements().isEmpty()) {
            throw new IllegalStateException("Expected bindings in the first cycle, but there were none.");
        }
        return report;
    }
}
