package dev.berth.k8s.work;

/** How long to wait before the next try: doubles from {@code firstMillis} and stays at {@code maxMillis}. */
public record Backoff(long firstMillis, long maxMillis) {
    private static final int MAX_DOUBLINGS = 20;

    /** The pause after the n-th failure in a row, from 1. */
    public long pauseMillis(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS);
        return Math.min(firstMillis << doublings, maxMillis);
    }
}
