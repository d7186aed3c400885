package dev.berth.scheduler.core;

import dev.berth.scheduler.core.predicate.NodeFacts;
import java.util.Collections;
import java.util.List;
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
 * @param mig whether and how its GPUs are cut
 * @param extended extended resources by name, parts of cut GPUs among them
 * @param claimable devices for claims, by device class
 * @param facts what Kubernetes' own predicates look at, without amounts
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
        boolean schedulable,
        Mig mig,
        Map<String, Long> extended,
        Map<String, Integer> claimable,
        NodeFacts facts) {
    public Node {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        extended = Collections.unmodifiableSortedMap(new TreeMap<>(extended));
        claimable = Collections.unmodifiableSortedMap(new TreeMap<>(claimable));
    }

    public Node(
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
        this(
                name,
                pool,
                labels,
                cpuMilli,
                memoryBytes,
                pods,
                gpus,
                gpuModel,
                gpuMemoryMib,
                ready,
                schedulable,
                Mig.NONE,
                Map.of(),
                Map.of(),
                plain(name, labels));
    }

    /** Facts of a node without taints and volumes; what it takes of amounts and pods is said elsewhere. */
    public static NodeFacts plain(String name, Map<String, String> labels) {
        return new NodeFacts(
                name, labels, List.of(), false, Map.of("pods", (long) Integer.MAX_VALUE), Map.of(), Map.of());
    }

    public boolean takesPods() {
        return ready && schedulable;
    }

    /** All its GPUs, in thousandths; each part of a cut one and each claimable device counts too. */
    public long gpuMilli() {
        long milli = (long) gpus * Devices.WHOLE;
        for (Map.Entry<String, Long> one : extended.entrySet()) {
            milli += one.getValue() * Mig.slices(one.getKey()) * Devices.WHOLE;
        }
        for (Map.Entry<String, Integer> one : claimable.entrySet()) {
            milli += DeviceClaim.isGpu(one.getKey()) ? (long) one.getValue() * Devices.WHOLE : 0;
        }
        return milli;
    }

    /** Whether it has accelerators of any kind. */
    public boolean hasGpus() {
        return gpus > 0 || mig != Mig.NONE || !claimable.isEmpty();
    }
}
