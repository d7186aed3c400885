package dev.berth.scheduler.packing;

/** What a node is worth for a pod that fits on it. Depends on nothing but the node's state and the pod's class. */
interface Scorer {
    Offer offer(NodeState node, PodClass pod);

    /** Higher is better; {@code gpus} is the mask the pod would take. */
    record Offer(double score, int gpus) {}
}
