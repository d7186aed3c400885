package dev.berth.demo.trace;

import dev.berth.model.PriorityClass;
import java.util.Set;

/**
 * One pod of a trace.
 *
 * @param gpus devices, 0 to 8
 * @param gpuMilli thousandths of each device, 1000 for whole ones, 0 without GPUs
 * @param models admissible GPU models; empty: any
 * @param workers pods that start together; 1 in traces
 * @param createdMillis when it arrived, from the start of the trace
 * @param runMillis how long it ran
 * @param failed whether it ended as Failed
 */
public record TracePod(
        String name,
        long cpuMilli,
        long memoryMib,
        int gpus,
        int gpuMilli,
        Set<String> models,
        PriorityClass priority,
        int workers,
        long createdMillis,
        long runMillis,
        boolean failed) {
    /** Thousandths of GPUs that it holds while it runs. */
    public long demandMilli() {
        return (long) gpus * Math.min(gpuMilli, 1000) * workers;
    }
}
