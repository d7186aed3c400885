package dev.berth.scheduler.core;

/** Counts steps, not milliseconds, so that the same input stops at the same place. */
public final class Budget {
    private final long limit;
    private long spent;

    public Budget(long limit) {
        this.limit = limit;
    }

    public void spend(long steps) {
        spent += steps;
    }

    public long spent() {
        return spent;
    }

    public boolean exhausted() {
        return spent >= limit;
    }
}
