package dev.berth.scheduler.core.place;

import dev.berth.model.GpuRequest;
import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Node;
import java.util.Set;

/** What nodes with the same GPUs have in common. */
public record Kind(String gpuModel, long gpuMemoryMib, int gpus) {
    public static Kind of(Node node) {
        return new Kind(node.gpuModel(), node.gpuMemoryMib(), node.gpus());
    }

    public boolean admits(Set<String> models) {
        return models.isEmpty() || models.contains(gpuModel);
    }

    /** Thousandths of each device that the request takes here. */
    public int milli(GpuRequest gpu) {
        return Devices.milli(gpu, gpuMemoryMib);
    }
}
