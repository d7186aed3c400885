package dev.berth.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a user asks to run: {@code workers} equal pods that start together.
 *
 * @param project name of the project that pays
 * @param nodePool pool of nodes to run on
 * @param kind what sort of work it is
 * @param workers pods, 1 to 10,000
 * @param minWorkers pods without which nothing starts, 1 to {@code workers}; equal for a full gang
 * @param pod what each pod needs
 * @param priority class of the queue order
 * @param preemptible whether others may take its resources
 */
public record WorkloadSpec(
        String project,
        String nodePool,
        WorkloadKind kind,
        int workers,
        int minWorkers,
        PodShape pod,
        PriorityClass priority,
        boolean preemptible) {
    public static final int MAX_WORKERS = 10_000;

    public WorkloadSpec {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("Expected 1 to " + MAX_WORKERS + " workers, but got " + workers + ".");
        }
        if (minWorkers < 1 || minWorkers > workers) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + workers + " as minWorkers, but got " + minWorkers + ".");
        }
    }

    /** The kinds of work that users know. */
    public enum WorkloadKind {
        WORKSPACE,
        TRAINING,
        DISTRIBUTED,
        INFERENCE
    }

    /**
     * One pod.
     *
     * @param gpuModels admissible models; empty: any
     * @param annotations copied to the pod
     */
    public record PodShape(
            String image,
            List<String> command,
            Map<String, String> environment,
            long cpuMilli,
            long memoryMib,
            GpuRequest gpu,
            Set<String> gpuModels,
            Map<String, String> nodeSelector,
            Map<String, String> annotations) {
        public PodShape {
            command = List.copyOf(command);
            environment = sorted(environment);
            gpuModels = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(gpuModels));
            nodeSelector = sorted(nodeSelector);
            annotations = sorted(annotations);
        }

        private static Map<String, String> sorted(Map<String, String> map) {
            return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
        }
    }
}
