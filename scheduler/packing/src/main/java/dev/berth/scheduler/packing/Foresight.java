package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Berth's own policy: a pod goes where it costs least in the end. A state costs the GPU milli that will stay idle
 * ({@link Futures}), plus a part of its fragmentation. Opening an untouched node has a price, because only such nodes take
 * what needs a whole node, and such pods are too rare to be among the popular ones.
 */
final class Foresight implements Scorer {
    static final Weights STANDARD = new Weights(200, 100, 0, 7.5, 1);

    /** Costs that are kept; then all are forgotten. */
    private static final int KEPT = 1_000_000;

    private final Weights weights;
    private final Futures futures;
    private final Fragmentation fragmentation;
    private final Map<State, Double> costs = new HashMap<>();

    /**
     * @param price milli for each GPU of a node that is opened
     * @param cpuStep CPU left is rounded down to a multiple of it
     */
    record Weights(int sequences, int pods, double fragmentation, double price, int cpuStep) {}

    /** All that a cost depends on. */
    private record State(String model, int cpu, int hash, int[] gpus) {
        static State of(String model, int cpu, int[] gpus) {
            int[] sorted = gpus.clone();
            Arrays.sort(sorted);
            return new State(model, cpu, (Arrays.hashCode(sorted) * 31 + cpu) * 31 + model.hashCode(), sorted);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state
                    && state.hash == hash
                    && state.cpu == cpu
                    && state.model.equals(model)
                    && Arrays.equals(state.gpus, gpus);
        }
    }

    Foresight(Popularity workload, Weights weights) {
        this.weights = weights;
        futures = new Futures(workload, weights.sequences, weights.pods);
        fragmentation = new Fragmentation(workload);
    }

    @Override
    public Offer offer(NodeState node, PodClass pod) {
        String model = node.shape().model();
        int cpu = node.cpuLeft() - pod.cpuMilli();
        double before = cost(model, node.cpuLeft(), node.gpusLeft());
        if (pod.gpus() > 0 && node.untouched()) {
            before -= weights.price * node.shape().gpus();
        }
        int[] gpus = node.gpusLeft().clone();
        if (!pod.shared()) {
            int mask = node.bestFit(pod);
            for (int rest = mask; rest != 0; rest &= rest - 1) {
                gpus[Integer.numberOfTrailingZeros(rest)] -= pod.gpuMilli();
            }
            return new Offer(before - cost(model, cpu, gpus), mask);
        }
        Offer best = new Offer(Double.NEGATIVE_INFINITY, 0);
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            if (gpus[gpu] >= pod.gpuMilli() && first(gpus, gpu)) {
                gpus[gpu] -= pod.gpuMilli();
                double score = before - cost(model, cpu, gpus);
                gpus[gpu] += pod.gpuMilli();
                best = score > best.score() ? new Offer(score, 1 << gpu) : best;
            }
        }
        return best;
    }

    /** Equal GPUs are tried once. */
    private static boolean first(int[] gpus, int gpu) {
        for (int other = 0; other < gpu; other++) {
            if (gpus[other] == gpus[gpu]) {
                return false;
            }
        }
        return true;
    }

    private double cost(String model, int cpu, int[] gpus) {
        int step = Math.max(cpu, 0) / weights.cpuStep * weights.cpuStep;
        State state = State.of(model, step, gpus);
        Double known = costs.get(state);
        if (known == null) {
            known = futures.idle(model, step, state.gpus)
                    + weights.fragmentation * fragmentation.of(model, step, state.gpus);
            if (costs.size() >= KEPT) {
                costs.clear();
            }
            costs.put(state, known);
        }
        return known;
    }

    int kept() {
        return costs.size();
    }
}
