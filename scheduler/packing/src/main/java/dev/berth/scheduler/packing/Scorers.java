package dev.berth.scheduler.packing;

import dev.berth.scheduler.packing.Scorer.Offer;

/** The published policies that need nothing but the node: BestFit, DotProd, GpuPacking, GpuClustering. */
final class Scorers {
    private static final double LARGEST_CPU = 128_000;
    private static final int LARGEST_GPU = 8_000;

    private Scorers() {}

    static Offer bestFit(NodeState node, PodClass pod) {
        double left = 0.5 * (node.cpuLeft() - pod.cpuMilli()) / LARGEST_CPU
                + 0.5 * (node.idleMilli() - pod.totalMilli()) / LARGEST_GPU;
        return offer(node, pod, (int) (100 * (1 - left)));
    }

    static Offer dotProduct(NodeState node, PodClass pod) {
        double product = (node.cpuLeft() / LARGEST_CPU) * (pod.cpuMilli() / LARGEST_CPU)
                + ((double) node.idleMilli() / LARGEST_GPU) * ((double) pod.totalMilli() / LARGEST_GPU);
        return offer(node, pod, (int) (100 * (1 - product / 2)));
    }

    static Offer gpuPacking(NodeState node, PodClass pod) {
        if (pod.gpus() == 0) {
            return new Offer(0, 0);
        }
        int gpus = node.shape().gpus();
        if (node.untouched()) {
            return offer(node, pod, Math.max(33 - gpus, gpus));
        }
        int idle = 0;
        int left = 0;
        for (int rest = node.bestFit(pod); rest != 0; rest &= rest - 1) {
            int milli = node.gpuLeft(Integer.numberOfTrailingZeros(rest));
            left += milli;
            idle += milli == NodeShape.GPU ? 1 : 0;
        }
        int score = idle > 0 ? Math.max(50 - idle, 33) : Math.max(100 - left * 100 / NodeShape.GPU / 10, 50);
        return offer(node, pod, score);
    }

    static Offer gpuClustering(NodeState node, PodClass pod) {
        if (pod.gpus() == 0) {
            return new Offer(0, 0);
        }
        int used = (int) (25.0 * (LARGEST_GPU - node.idleMilli()) / LARGEST_GPU);
        int kind = NodeState.kindBit(pod);
        int score = used;
        if ((node.kinds() & kind) != 0) {
            score += node.kinds() == kind ? 75 : 50;
        } else if (node.kinds() == 0) {
            score += 25;
        }
        return offer(node, pod, score);
    }

    private static Offer offer(NodeState node, PodClass pod, int score) {
        return new Offer(score, node.bestFit(pod));
    }
}
