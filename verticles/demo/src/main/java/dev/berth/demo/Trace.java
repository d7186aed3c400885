package dev.berth.demo;

import dev.berth.k8s.simulated.NodeShape;
import java.util.List;

/** Nodes and the pods that came to them, in order of arrival. */
record Trace(String title, List<NodeShape> nodes, List<TracePod> pods) {
    Trace {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    int gpus() {
        return nodes.stream().mapToInt(NodeShape::gpus).sum();
    }
}
