package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link Futures} with a memory. Before it looks, it takes from a state what no class can tell apart, so that many states
 * share one answer: the order of GPUs; the milli of a GPU above the largest sum of requests that fits on it; and the CPU
 * that the idle GPUs could not use up whatever came.
 */
final class Outlook {
    /** Answers that are kept; then all are forgotten. */
    private static final int KEPT = 500_000;

    private final Futures futures;
    private final int[] useful;
    private final double cpuPerMilli;
    private final Map<State, Double> known = new HashMap<>();

    /** A state without what does not matter; GPUs ascending. */
    private record State(String model, int cpu, int[] gpus, int hash) {
        static State of(String model, int cpu, int[] gpus) {
            return new State(model, cpu, gpus, (Arrays.hashCode(gpus) * 31 + cpu) * 31 + model.hashCode());
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

    Outlook(Popularity workload, int sequences, int length) {
        futures = new Futures(workload, sequences, length);
        List<PodClass> classes = workload.entries().stream()
                .map(Popularity.Entry::pod)
                .filter(pod -> pod.gpus() > 0)
                .toList();
        useful = useful(classes);
        cpuPerMilli = classes.stream()
                .mapToDouble(pod -> (double) pod.cpuMilli() / Math.max(1, pod.totalMilli()))
                .max()
                .orElse(0);
    }

    /** For each milli left on a GPU the largest sum of requests that fits. */
    private static int[] useful(List<PodClass> classes) {
        boolean[] sum = new boolean[NodeShape.GPU + 1];
        sum[0] = true;
        int[] largest = new int[sum.length];
        for (int milli = 1; milli < sum.length; milli++) {
            for (PodClass pod : classes) {
                sum[milli] |= pod.gpuMilli() <= milli && sum[milli - pod.gpuMilli()];
            }
            largest[milli] = sum[milli] ? milli : largest[milli - 1];
        }
        return largest;
    }

    /** GPU milli that will stay idle. */
    double idle(String model, int cpu, int[] gpus) {
        int[] rest = new int[gpus.length];
        int idle = 0;
        int usable = 0;
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            rest[gpu] = useful[gpus[gpu]];
            idle += gpus[gpu];
            usable += rest[gpu];
        }
        if (usable == 0) {
            return idle;
        }
        Arrays.sort(rest);
        State state = State.of(model, Math.min(cpu, (int) Math.ceil(usable * cpuPerMilli)), rest);
        Double answer = known.get(state);
        if (answer == null) {
            answer = futures.idle(model, state.cpu, rest);
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(state, answer);
        }
        return idle - usable + answer;
    }
}
