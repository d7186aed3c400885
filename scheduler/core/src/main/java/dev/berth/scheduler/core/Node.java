package dev.berth.scheduler.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node offers when nothing runs on it.
 *
 * @param pool name of its pool
 * @param labels all labels, for node selectors
 * @param memoryBytes allocatable memory
 * @param pods how many pods it may hold
 * @param gpus GPUs, numbered from 0
 * @param gpuModel model of its GPUs, or ""
 * @param gpuMemoryMib MiB of one GPU; 0 when unknown, then requests in MiB do not fit here
 * @param ready whether its capacity counts and it takes pods
 * @param schedulable false when cordoned: its capacity counts, but it takes no pods
 */
public record Node(
        String name,
        String pool,
        Map<String, String> labels,
        long cpuMilli,
        long memoryBytes,
        int pods,
        int gpus,
        String gpuModel,
        long gpuMemoryMib,
        boolean ready,
        boolean schedulable) {
    public Node {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    boolean takesPods() {
        return ready && schedulable;
    }
}
