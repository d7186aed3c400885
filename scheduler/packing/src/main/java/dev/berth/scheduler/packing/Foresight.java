package dev.berth.scheduler.packing;

/**
 * Berth's own policy: a pod goes where it costs least in the end. A node costs the GPU milli that will stay idle on it
 * ({@link Futures}). Opening an untouched node has a price, because only such nodes take what needs a whole node, and such
 * pods are too rare to be among the popular ones. A pod without GPU takes the tightest CPU among equals.
 */
final class Foresight implements Scorer {
    static final Weights STANDARD = new Weights(200, 100, 7.5, 0.002);

    /** For those who have to look often. */
    static final Weights QUICK = new Weights(100, 100, 7.5, 0.002);

    /** For each milli CPU: less than outlooks differ by. */
    private static final double TIE = 1e-7;

    private final Outlook outlook;
    private final Weights weights;
    private final double price;

    /**
     * @param sequences futures that a state is valued by
     * @param pods offers in each
     * @param price milli for each GPU of a node that is opened; more where pods of several GPUs are popular, by their
     *     share of all milli asked for
     * @param idler bonus for each milli that is idle on the node: of nearly equals the one with more ways to go on
     */
    record Weights(int sequences, int pods, double price, double idler) {}

    Foresight(Popularity workload, Weights weights) {
        this.weights = weights;
        outlook = new Outlook(workload, weights.sequences, weights.pods);
        price = weights.price * (1 + severalGpus(workload));
    }

    private static double severalGpus(Popularity workload) {
        double several = 0;
        double all = 0;
        for (Popularity.Entry entry : workload.entries()) {
            double milli = (double) entry.count() * entry.pod().totalMilli();
            all += milli;
            several += entry.pod().gpus() > 1 ? milli : 0;
        }
        return all == 0 ? 0 : several / all;
    }

    @Override
    public Offer offer(NodeState node, PodClass pod) {
        String model = node.shape().model();
        int cpu = node.cpuLeft() - pod.cpuMilli();
        int[] gpus = node.gpusLeft().clone();
        double before = outlook.idle(model, node.cpuLeft(), gpus);
        before += pod.gpus() == 0 ? -TIE * node.cpuLeft() : bonus(node);
        if (!pod.shared()) {
            int mask = node.bestFit(pod);
            for (int rest = mask; rest != 0; rest &= rest - 1) {
                gpus[Integer.numberOfTrailingZeros(rest)] -= pod.gpuMilli();
            }
            return new Offer(before - outlook.idle(model, cpu, gpus), mask);
        }
        Offer best = new Offer(Double.NEGATIVE_INFINITY, 0);
        for (int gpu = 0; gpu < gpus.length; gpu++) {
            if (gpus[gpu] >= pod.gpuMilli() && first(gpus, gpu)) {
                gpus[gpu] -= pod.gpuMilli();
                double score = before - outlook.idle(model, cpu, gpus);
                gpus[gpu] += pod.gpuMilli();
                best = score > best.score() ? new Offer(score, 1 << gpu) : best;
            }
        }
        return best;
    }

    private double bonus(NodeState node) {
        double opening = node.untouched() ? price * node.shape().gpus() : 0;
        return weights.idler * node.idleMilli() - opening;
    }

    /** Equal GPUs are tried once. */
    private static boolean first(int[] gpus, int gpu) {
        for (int other = 0; other < gpu; other++) {
            if (gpus[other] == gpus[gpu]) {
                return false;
            }
        }
        return true;
    }
}
