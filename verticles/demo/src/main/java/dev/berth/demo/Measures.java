package dev.berth.demo;

import org.HdrHistogram.Histogram;

/** What is measured while a replay runs. Used on one event loop. */
final class Measures {
    private final Histogram cycleMicros = new Histogram(3);
    private double allocationMillis;
    private long allocatedOverMillis;
    private double seconds;
    private int tunnelCuts;
    private int gatewayRestarts;

    void cycle(long micros) {
        cycleMicros.recordValue(Math.max(0, micros));
    }

    /** The clock is about to move by that much, while this part of the GPUs is held. */
    void allocation(double part, long millis) {
        allocationMillis += part * millis;
        allocatedOverMillis += millis;
    }

    void ended(double wallSeconds, int cuts, int restarts) {
        seconds = wallSeconds;
        tunnelCuts = cuts;
        gatewayRestarts = restarts;
    }

    Histogram cycleMicros() {
        return cycleMicros;
    }

    /** Over the simulated time in which workloads arrived. */
    double meanAllocation() {
        return allocatedOverMillis == 0 ? 0 : allocationMillis / allocatedOverMillis;
    }

    /** From the first submission until the control plane knew that all had ended. */
    double seconds() {
        return seconds;
    }

    int tunnelCuts() {
        return tunnelCuts;
    }

    int gatewayRestarts() {
        return gatewayRestarts;
    }
}
