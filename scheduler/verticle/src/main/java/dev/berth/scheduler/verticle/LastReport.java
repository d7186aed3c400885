package dev.berth.scheduler.verticle;

/** What the last cycle said, for whoever asks between two cycles. Asking never starts one. */
final class LastReport {
    private int waiting;
    private long cycle;

    void put(int nowWaiting) {
        waiting = nowWaiting;
        cycle++;
    }

    /** Number of the cycle, from 1. */
    long cycle() {
        return cycle;
    }

    int waiting() {
        return waiting;
    }
}
