package dev.berth.loadtest;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;

/** A distribution as it is reported, in milliseconds. */
record Percentiles(
        @JsonProperty("p50") double p50,
        @JsonProperty("p90") double p90,
        @JsonProperty("p99") double p99,
        @JsonProperty("p999") double p999,
        @JsonProperty("max") double max) {

    /** Of a histogram in microseconds. */
    static Percentiles ofMicros(Histogram micros) {
        return new Percentiles(
                at(micros, 50), at(micros, 90), at(micros, 99), at(micros, 99.9), micros.getMaxValue() / 1_000.0);
    }

    private static double at(Histogram micros, double percent) {
        return micros.getValueAtPercentile(percent) / 1_000.0;
    }
}
