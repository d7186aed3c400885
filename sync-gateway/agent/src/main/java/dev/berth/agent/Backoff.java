package dev.berth.agent;

import java.util.function.DoubleSupplier;

/** How long to wait before the next try: a random part of a time that doubles with each failure. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 20;

    private final long minMillis;
    private final long maxMillis;
    private final DoubleSupplier random;
    private int failures;

    Backoff(long minMillis, long maxMillis, DoubleSupplier random) {
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
        this.random = random;
    }

    /** A session was open: the next failure is the first again. */
    void succeeded() {
        failures = 0;
    }

    long nextMillis() {
        long ceiling = Math.min(maxMillis, minMillis << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return within(ceiling);
    }

    /** A random part of this time, at least a millisecond. */
    long within(long millis) {
        return Math.max(1, (long) (millis * random.getAsDouble()));
    }
}
