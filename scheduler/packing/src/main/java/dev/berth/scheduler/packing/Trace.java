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
}
