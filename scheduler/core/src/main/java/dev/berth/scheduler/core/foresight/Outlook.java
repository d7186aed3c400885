package dev.berth.scheduler.core.foresight;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * {@link Futures} with a memory. Before it looks, it takes from a state what no class can tell apart, so that many states
 * share one answer: the order of GPUs; the thousandths of a GPU above the largest sum of requests that fits on it; and the
 * cores that the idle GPUs could not use up whatever came.
 */
final class Outlook<K> {
    private final Demand<K> demand;
    private final Futures<K> futures;
    private final int kept;
    private final Map<K, Useful> useful = new HashMap<>();
    private final Map<State, Double> known = new HashMap<>();

    /**
     * What of a node of a kind the usual work can use.
     *
     * @param milli for each number of thousandths left on a GPU the largest sum of requests that fits
     * @param cpuPerMilli most thousandths of cores that a request takes with a thousandth of a GPU
     */
    private record Useful(int[] milli, double cpuPerMilli) {}

    /** A state without what does not matter; GPUs ascending. */
    private record State(Object kind, int cpu, int[] gpus, int hash) {
        static State of(Object kind, int cpu, int[] gpus) {
            return new State(kind, cpu, gpus, (Arrays.hashCode(gpus) * 31 + cpu) * 31 + kind.hashCode());
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
                    && state.kind.equals(kind)
                    && Arrays.equals(state.gpus, gpus);
        }
    }

    Outlook(Demand<K> demand, Foresight.Weights weights) {
        this.demand = demand;
        this.kept = weights.kept();
        futures = new Futures<>(demand, weights.sequences(), weights.requests());
    }

    private Useful useful(K kind) {
        boolean[] sum = new boolean[Foresight.DEVICE + 1];
        sum[0] = true;
        int[] largest = new int[sum.length];
        int[] millis = demand.arrivals().stream()
                .mapToInt(arrival -> arrival.milli(kind))
                .filter(milli -> milli > 0)
                .distinct()
                .toArray();
        for (int left = 1; left < sum.length; left++) {
            for (int milli : millis) {
                sum[left] |= milli <= left && sum[left - milli];
            }
            largest[left] = sum[left] ? left : largest[left - 1];
        }
        double cpuPerMilli = demand.arrivals().stream()
                .filter(arrival -> arrival.milli(kind) > 0)
                .mapToDouble(arrival -> (double) arrival.cpuMilli() / (arrival.devices() * arrival.milli(kind)))
                .max()
                .orElse(0);
        return new Useful(largest, cpuPerMilli);
    }

    /** Thousandths of GPUs that will stay idle. */
    double idle(K kind, int cpu, int[] gpus) {
        Useful can = useful.computeIfAbsent(kind, this::useful);
        int[] rest = new int[gpus.length];
        int idle = 0;
        int usable = 0;
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            rest[gpu] = can.milli[gpus[gpu]];
            idle += gpus[gpu];
            usable += rest[gpu];
        }
        if (usable == 0) {
            return idle;
        }
        Arrays.sort(rest);
        State state = State.of(kind, Math.min(cpu, (int) Math.ceil(usable * can.cpuPerMilli)), rest);
        Double answer = known.get(state);
        if (answer == null) {
            answer = futures.idle(kind, state.cpu, rest);
            if (known.size() >= kept) {
                known.clear();
            }
            known.put(state, answer);
        }
        return idle - usable + answer;
    }
}
