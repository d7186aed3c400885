package dev.berth.scheduler.packing;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Replays one workload, seed by seed, through one policy after the other. */
final class Simulation {
    private final String pods;
    private final Trace trace;
    private final Replay replay;
    private final Map<Long, Arrivals> arrivals;
    private final LongSupplier nanos;

    private Simulation(String pods, Trace trace, Map<Long, Arrivals> arrivals, LongSupplier nanos) {
        this.pods = pods;
        this.trace = trace;
        this.arrivals = arrivals;
        this.nanos = nanos;
        replay = new Replay(trace);
    }

    /** Arrivals are those given in the folder, and drawn where none are given for a seed. */
    static Simulation open(TraceFolder folder, String pods, LongSupplier nanos) throws IOException {
        return new Simulation(pods, folder.read(pods), new TreeMap<>(folder.given(pods)), nanos);
    }

    Outcome run(PolicyName name, SeedRange seeds, Progress progress) {
        Outcome outcome = new Outcome(pods, name, seeds);
        for (long seed : seeds.seeds()) {
            Timed policy = new Timed(name.open(trace, seed), nanos);
            Run run = replay.run(arrivals.computeIfAbsent(seed, this::draw), policy);
            outcome.add(run, policy.microsPerDecision());
            progress.ran(outcome, run);
        }
        return outcome;
    }

    private Arrivals draw(long seed) {
        return ArrivalsGenerator.draw(trace, seed);
    }

    /** Told after each run. */
    interface Progress {
        void ran(Outcome soFar, Run run);
    }

    /** Measures a policy's decisions, and nothing of the replay around them. */
    private static final class Timed implements Policy {
        private final Policy policy;
        private final LongSupplier nanos;
        private long spent;
        private long decisions;

        Timed(Policy policy, LongSupplier nanos) {
            this.policy = policy;
            this.nanos = nanos;
        }

        @Override
        public @Nullable Placement place(Cluster cluster, Pod pod) {
            long start = nanos.getAsLong();
            Placement placement = policy.place(cluster, pod);
            spent += nanos.getAsLong() - start;
            decisions++;
            return placement;
        }

        double microsPerDecision() {
            return decisions == 0 ? 0 : (double) spent / TimeUnit.MICROSECONDS.toNanos(1) / decisions;
        }
    }
}
