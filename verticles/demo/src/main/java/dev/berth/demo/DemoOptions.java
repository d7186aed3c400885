package dev.berth.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the person asked for.
 *
 * @param trace directory of an openb-format trace; null: the built-in generator
 * @param pods NAME in {@code openb_pod_list_NAME.csv}
 * @param load demand for GPUs at its peak over the capacity
 * @param speed simulated seconds in a second; 0: as fast as the parts can
 * @param data where the database and the clusters are kept; null: a place that is removed at the end
 * @param seed of the generator
 */
record DemoOptions(
        @Nullable Path trace,
        String pods,
        double load,
        double speed,
        boolean headless,
        boolean untilDone,
        boolean chaos,
        @Nullable Path report,
        int port,
        @Nullable Path data,
        boolean reset,
        long seed) {}
