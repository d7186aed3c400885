package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import java.util.Set;

/** What nodes with the same GPUs have in common. */
record Kind(String gpuModel, long gpuMemoryMib, int gpus) {
    static Kind of(Node node) {
        return new Kind(node.gpuModel(), node.gpuMemoryMib(), node.gpus());
    }

    boolean admits(Set<String> models) {
        return models.isEmpty() || models.contains(gpuModel);
    }

    /** Thousandths of each device that the request takes here. */
    int milli(GpuRequest gpu) {
        return Devices.milli(gpu, gpuMemoryMib);
    }
}
