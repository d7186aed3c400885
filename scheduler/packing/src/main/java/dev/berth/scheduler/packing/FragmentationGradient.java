package dev.berth.scheduler.packing;

/** FGD: the less a placement adds to the node's fragmentation, the better. The truncation is part of the policy. */
final class FragmentationGradient implements Scorer {
    private final Fragmentation fragmentation;

    FragmentationGradient(Fragmentation fragmentation) {
        this.fragmentation = fragmentation;
    }

    @Override
    public Offer offer(NodeState node, PodClass pod) {
        String model = node.shape().model();
        int cpu = node.cpuLeft() - pod.cpuMilli();
        double before = fragmentation.of(node);
        int[] gpus = node.gpusLeft().clone();
        if (!pod.shared()) {
            int mask = node.bestFit(pod);
            for (int rest = mask; rest != 0; rest &= rest - 1) {
                gpus[Integer.numberOfTrailingZeros(rest)] -= pod.gpuMilli();
            }
            return new Offer(score(before, fragmentation.of(model, cpu, gpus)), mask);
        }
        Offer best = new Offer(-1, 0);
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            if (gpus[gpu] >= pod.gpuMilli()) {
                gpus[gpu] -= pod.gpuMilli();
                int score = score(before, fragmentation.of(model, cpu, gpus));
                gpus[gpu] += pod.gpuMilli();
                best = score > best.score() ? new Offer(score, 1 << gpu) : best;
            }
        }
        return best;
    }

    private static int score(double before, double after) {
        double fall = (before - after) / NodeShape.GPU;
        return (int) (100 * (1 / (1 + Math.exp(-fall))));
    }
}
