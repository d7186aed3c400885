package dev.berth.scheduler.packing;

import org.jspecify.annotations.Nullable;

/** Any feasible node, any fitting GPU: what packing must beat. */
final class RandomPlace implements Policy {
    private final GoRandom random;

    RandomPlace(GoRandom random) {
        this.random = random;
    }

    @Override
    public @Nullable Placement place(Cluster cluster, Pod pod) {
        int[] feasible = new int[cluster.size()];
        int count = 0;
        for (int node = 0; node < cluster.size(); node++) {
            if (cluster.node(node).fits(pod)) {
                feasible[count++] = node;
            }
        }
        if (count == 0) {
            return null;
        }
        int node = feasible[random.below(count)];
        return new Placement(
                node,
                pod.kind().shared()
                        ? anyGpu(cluster.node(node), pod.kind())
                        : cluster.node(node).bestFit(pod.kind()));
    }

    private int anyGpu(NodeState node, PodClass pod) {
        int[] fitting = new int[node.shape().gpus()];
        int count = 0;
        for (int gpu = 0; gpu < fitting.length; gpu++) {
            if (node.gpuLeft(gpu) >= pod.gpuMilli()) {
                fitting[count++] = gpu;
            }
        }
        return 1 << fitting[random.below(count)];
    }
}
