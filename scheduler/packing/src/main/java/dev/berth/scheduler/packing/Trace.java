package dev.berth.scheduler.packing;

import java.util.List;

/** A cluster and a workload: nodes ordered by name, pods ordered by name. */
public record Trace(List<NodeShape> nodes, List<Pod> pods) {
    public Trace {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    public long gpus() {
        return nodes.stream().mapToLong(NodeShape::gpus).sum();
    }

    /** Without GPUs on both sides there is no load, and no end of the arrivals that should make it. */
    void requireGpus() {
        if (gpus() == 0 || pods.stream().allMatch(pod -> pod.kind().totalMilli() == 0)) {
            throw new IllegalArgumentException("Expected nodes with GPUs, and pods that ask for GPUs.");
        }
    }
}
