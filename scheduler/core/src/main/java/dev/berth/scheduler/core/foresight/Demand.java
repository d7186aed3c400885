package dev.berth.scheduler.core.foresight;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The usual work: classes of requests, most popular first, and how often each arrives. Classes without devices say nothing
 * about devices and are ignored.
 *
 * @param <K> what tells kinds of nodes apart
 */
public record Demand<K>(List<Arrival<K>> arrivals) {
    public Demand {
        arrivals = arrivals.stream().filter(arrival -> arrival.devices() > 0).toList();
    }

    /**
     * One class.
     *
     * @param cpuMilli thousandths of cores
     * @param devices GPUs on one node
     * @param milliOn thousandths that it takes of each GPU of a node of the kind, 1 to 1000; anything else: not for that kind
     * @param count how often it arrived, above 0, in any unit
     */
    public record Arrival<K>(int cpuMilli, int devices, ToIntFunction<K> milliOn, long count) {
        /** Thousandths of each GPU, or 0 where the kind is not for it. */
        int milli(K kind) {
            int milli = milliOn.applyAsInt(kind);
            return milli < 0 || milli > Foresight.DEVICE ? 0 : milli;
        }
    }

    /** The part of all thousandths asked of the kind that is asked by requests of several devices, 0 to 1. */
    double partOfSeveralDevices(K kind) {
        double several = 0;
        double all = 0;
        for (Arrival<K> arrival : arrivals) {
            double asked = (double) arrival.count * arrival.devices * arrival.milli(kind);
            all += asked;
            several += arrival.devices > 1 ? asked : 0;
        }
        return all == 0 ? 0 : several / all;
    }
}
