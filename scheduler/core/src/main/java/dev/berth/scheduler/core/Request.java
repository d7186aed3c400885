package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import dev.berth.scheduler.core.predicate.PodFacts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one task needs of one node. Equal requests are one class: they fit on the same nodes.
 *
 * @param gpuModels admissible models; empty: any
 * @param nodeSelector labels that the node must have
 * @param labelsIn labels that the node must have with one of the values
 * @param extended amounts of extended resources by name, parts of cut GPUs among them
 * @param claims ids of device claims
 * @param facts what Kubernetes' own predicates look at, without amounts; {@link #PLAIN} when nothing is asked
 * @param legacyMig asks for parts of GPUs in the way of old: never placed, and keeps new ones away from its node
 */
public record Request(
        long cpuMilli,
        long memoryBytes,
        GpuRequest gpu,
        Set<String> gpuModels,
        Map<String, String> nodeSelector,
        Map<String, Set<String>> labelsIn,
        Map<String, Long> extended,
        List<String> claims,
        PodFacts facts,
        boolean legacyMig) {
    /** A pod that says nothing about where it and others may be. */
    public static final PodFacts PLAIN = PodFacts.in("").build();

    public Request {
        gpuModels = Collections.unmodifiableSortedSet(new TreeSet<>(gpuModels));
        nodeSelector = Collections.unmodifiableSortedMap(new TreeMap<>(nodeSelector));
        labelsIn = Collections.unmodifiableSortedMap(new TreeMap<>(labelsIn));
        extended = Collections.unmodifiableSortedMap(new TreeMap<>(extended));
        claims = List.copyOf(claims);
    }

    public Request(
            long cpuMilli, long memoryBytes, GpuRequest gpu, Set<String> gpuModels, Map<String, String> nodeSelector) {
        this(cpuMilli, memoryBytes, gpu, gpuModels, nodeSelector, Map.of(), Map.of(), List.of(), PLAIN, false);
    }

    /** A request for any node. */
    public static Request of(long cpuMilli, long memoryBytes, GpuRequest gpu) {
        return new Request(cpuMilli, memoryBytes, gpu, Set.of(), Map.of());
    }

    /** The same, for so much of what is divided. */
    public Request withAmounts(long newCpuMilli, long newMemoryBytes, GpuRequest newGpu) {
        return new Request(
                newCpuMilli,
                newMemoryBytes,
                newGpu,
                gpuModels,
                nodeSelector,
                labelsIn,
                extended,
                claims,
                facts,
                legacyMig);
    }

    /** The same, where other models are admissible and other labels asked for. */
    public Request withNodes(Set<String> models, Map<String, String> selector) {
        return new Request(cpuMilli, memoryBytes, gpu, models, selector, labelsIn, extended, claims, facts, legacyMig);
    }

    /** The same, saying nothing about where it and others may be. */
    public Request plain() {
        return facts == PLAIN
                ? this
                : new Request(
                        cpuMilli,
                        memoryBytes,
                        gpu,
                        gpuModels,
                        nodeSelector,
                        labelsIn,
                        extended,
                        claims,
                        PLAIN,
                        legacyMig);
    }

    /** Whether it asks for nothing at all but a place among a node's pods. */
    public boolean isBestEffort() {
        return cpuMilli == 0 && memoryBytes == 0 && gpu.devices() == 0 && extended.isEmpty() && claims.isEmpty();
    }

    /** Whether it asks for parts of cut GPUs. */
    public boolean asksForMig() {
        for (String resource : extended.keySet()) {
            if (Mig.isProfile(resource)) {
                return true;
            }
        }
        return legacyMig;
    }

    /** Whether it asks for accelerators of any kind. */
    public boolean asksForGpu() {
        return gpu.devices() > 0 || asksForMig() || !claims.isEmpty();
    }
}
