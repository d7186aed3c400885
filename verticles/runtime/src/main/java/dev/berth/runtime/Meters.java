package dev.berth.runtime;

import io.micrometer.core.instrument.MeterRegistry;

/** The metrics of this process. Names are {@code berth_<room>_<noun>_<unit>}; each room registers its own here. */
public record Meters(MeterRegistry registry) {}
