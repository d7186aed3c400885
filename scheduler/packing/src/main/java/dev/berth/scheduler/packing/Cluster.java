package dev.berth.scheduler.packing;

import java.util.List;

/** Nodes as they are now, and the rank that breaks ties between them: smaller wins. */
public final class Cluster {
    private final NodeState[] nodes;
    private final int[] ranks;
    private final long capacityMilli;
    private long idleMilli;

    public Cluster(List<NodeShape> shapes, int[] ranks) {
        if (ranks.length != shapes.size()) {
            throw new IllegalArgumentException(
                    "Expected a rank for each of " + shapes.size() + " nodes, but got " + ranks.length + ".");
        }
        nodes = shapes.stream().map(NodeState::new).toArray(NodeState[]::new);
        this.ranks = ranks.clone();
        capacityMilli = shapes.stream().mapToLong(NodeShape::gpuMilli).sum();
        idleMilli = capacityMilli;
    }

    public int size() {
        return nodes.length;
    }

    public NodeState node(int index) {
        return nodes[index];
    }

    public int rank(int index) {
        return ranks[index];
    }

    public long capacityMilli() {
        return capacityMilli;
    }

    public long usedMilli() {
        return capacityMilli - idleMilli;
    }

    public void take(Pod pod, Placement placement) {
        nodes[placement.node()].take(pod, placement.gpus());
        idleMilli -= pod.kind().totalMilli();
    }
}
