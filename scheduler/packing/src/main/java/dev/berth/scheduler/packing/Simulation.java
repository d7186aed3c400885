package dev.berth.scheduler.packing;

import java.io.IOException;
import java.util.Arrays;
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
        Trace trace = folder.read(pods);
        trace.requireGpus();
        Map<Long, Arrivals> given = new TreeMap<>(folder.given(pods));
        given.values().forEach(arrivals -> check(trace, arrivals));
        return new Simulation(pods, trace, given, nanos);
    }

    private static void check(Trace trace, Arrivals arrivals) {
        int rows = trace.pods().size();
        if (arrivals.ranks().length != trace.nodes().size()
                || Arrays.stream(arrivals.pods()).anyMatch(row -> row < 0 || row >= rows)) {
            throw new IllegalArgumentException("Expected arrivals of rows 0 to " + (rows - 1) + " and ranks of "
                    + trace.nodes().size() + " nodes, but those given for seed " + arrivals.seed() + " have others.");
        }
    }

    Outcome run(PolicyName name, SeedRange seeds, Progress progress) {
        Outcome outcome = new Outcome(pods, name, seeds);
        Policy policy = name.open(trace, seeds.first());
        for (long seed : seeds.seeds()) {
            Timed timed = new Timed(name.servesManyRuns() ? policy : name.open(trace, seed), nanos);
            Run run = replay.run(arrivals.computeIfAbsent(seed, this::draw), timed);
            outcome.add(run, timed.microsPerDecision());
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
