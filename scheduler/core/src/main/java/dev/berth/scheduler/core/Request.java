package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one task needs of one node. Equal requests are one class: they fit on the same nodes.
 *
 * @param gpuModels admissible models; empty: any
 * @param nodeSelector labels that the node must have
 */
public record Request(
        long cpuMilli, long memoryBytes, GpuRequest gpu, Set<String> gpuModels, Map<String, String> nodeSelector) {
    public Request {
        gpuModels = Collections.unmodifiableSortedSet(new TreeSet<>(gpuModels));
        nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
    }

    /** A request for any node. */
    public static Request of(long cpuMilli, long memoryBytes, GpuRequest gpu) {
        return new Request(cpuMilli, memoryBytes, gpu, Set.of(), Map.of());
    }
}
