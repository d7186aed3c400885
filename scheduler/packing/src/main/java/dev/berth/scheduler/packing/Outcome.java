package dev.berth.scheduler.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the runs of one policy on one workload came to. */
final class Outcome {
    private final String pods;
    private final PolicyName policy;
    private final SeedRange seeds;
    private final Map<Long, Figures> bySeed = new TreeMap<>();
    private final List<Curve> curves = new ArrayList<>();

    /** One run, without its samples. */
    private record Figures(
            double allocation, double fragmentation, double idleFragmentation, Run.Failures failures, double micros) {}

    /** A figure of each seed. {@code sd} is the deviation of a sample (n - 1), 0 for one seed. */
    record Spread(double mean, double sd, Map<Long, Double> perSeed) {}

    Outcome(String pods, PolicyName policy, SeedRange seeds) {
        this.pods = pods;
        this.policy = policy;
        this.seeds = seeds;
    }

    void add(Run run, double microsPerDecision) {
        double idle = 1 - run.allocation();
        bySeed.put(
                run.seed(),
                new Figures(
                        run.allocation(),
                        run.fragmentation(),
                        idle == 0 ? 0 : run.fragmentation() / idle,
                        run.failures(),
                        microsPerDecision));
        curves.add(Curve.of(run));
    }

    String pods() {
        return pods;
    }

    PolicyName policy() {
        return policy;
    }

    SeedRange seeds() {
        return seeds;
    }

    int runs() {
        return bySeed.size();
    }

    Spread allocation() {
        return spread(Figures::allocation);
    }

    /** Share of the GPU capacity. */
    Spread fragmentation() {
        return spread(Figures::fragmentation);
    }

    /** Share of what is idle. */
    Spread idleFragmentation() {
        return spread(Figures::idleFragmentation);
    }

    Spread failures(ToDoubleFunction<Run.Failures> count) {
        return spread(run -> count.applyAsDouble(run.failures));
    }

    double microsPerDecision() {
        return spread(Figures::micros).mean;
    }

    Curve curve() {
        return Curve.mean(curves);
    }

    private Spread spread(ToDoubleFunction<Figures> figure) {
        Map<Long, Double> perSeed = new TreeMap<>();
        bySeed.forEach((seed, run) -> perSeed.put(seed, figure.applyAsDouble(run)));
        double mean = perSeed.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        double squares = perSeed.values().stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, perSeed.size() < 2 ? 0 : Math.sqrt(squares / (perSeed.size() - 1)), perSeed);
    }
}
