package dev.berth.scheduler.core;

/** Counts steps, not milliseconds, so that the same input stops at the same place. */
final class Budget {
    private final long limit;
    private long spent;

    Budget(long limit) {
        this.limit = limit;
    }

    void spend(long steps) {
        spent += steps;
    }

    long spent() {
        return spent;
    }

    boolean exhausted() {
        return spent >= limit;
    }
}
