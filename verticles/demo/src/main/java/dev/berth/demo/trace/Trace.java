package dev.berth.demo.trace;

import dev.berth.k8s.simulated.NodeShape;
import java.util.List;

/** Nodes and the pods that came to them, in order of arrival. */
public record Trace(String title, List<NodeShape> nodes, List<TracePod> pods) {
    public Trace {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    public int gpus() {
        return nodes.stream().mapToInt(NodeShape::gpus).sum();
    }
}
