package dev.berth.loadtest;

import org.HdrHistogram.Histogram;

/** Durations, kept to three digits from a microsecond to ten minutes. */
final class LatencyBook {
    private static final long MAX_MICROS = 600_000_000;

    private final Histogram micros = new Histogram(1, MAX_MICROS, 3);

    void record(long nanos) {
        micros.recordValue(Math.max(1, Math.min(MAX_MICROS, nanos / 1_000)));
    }

    long count() {
        return micros.getTotalCount();
    }

    Percentiles percentiles() {
        return Percentiles.ofMicros(micros);
    }
}
