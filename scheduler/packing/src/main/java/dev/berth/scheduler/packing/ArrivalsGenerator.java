package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.List;

/** Draws arrivals as the published simulator does: the list in random order, then more of it until 130 % of the GPUs are asked for. */
public final class ArrivalsGenerator {
    private static final double LOAD = 1.3;

    /** What client libraries of the original consume between the pods and the ranks. */
    private static final int DRAWN_BETWEEN = 10;

    private ArrivalsGenerator() {}

    public static Arrivals draw(Trace trace, long seed) {
        trace.requireGpus();
        GoRandom random = new GoRandom(seed);
        random.next63();
        int[] order = new int[trace.pods().size()];
        Arrays.setAll(order, row -> row);
        random.shuffle(order);
        int[] pods = fill(trace, order, random);
        for (int i = 0; i < DRAWN_BETWEEN; i++) {
            random.next63();
        }
        return new Arrivals(seed, random.permutation(trace.nodes().size()), pods);
    }

    private static int[] fill(Trace trace, int[] order, GoRandom random) {
        List<Pod> pods = trace.pods();
        double wanted = LOAD * trace.gpus() * NodeShape.GPU;
        long sum = pods.stream().mapToLong(pod -> pod.kind().totalMilli()).sum();
        int[] rows = Arrays.copyOf(order, 2 * order.length);
        int length = order.length;
        if (sum > wanted) {
            while (sum > wanted) {
                int position = random.below(length);
                sum -= pods.get(rows[position]).kind().totalMilli();
                System.arraycopy(rows, position + 1, rows, position, --length - position);
            }
            return Arrays.copyOf(rows, length);
        }
        // One draw too many ends it, also when the sum is met or passed; that draw moves the ranks.
        for (int row = random.below(pods.size());
                sum + pods.get(row).kind().gpuMilli() <= wanted;
                row = random.below(pods.size())) {
            rows = length == rows.length ? Arrays.copyOf(rows, 2 * length) : rows;
            rows[length++] = row;
            sum += pods.get(row).kind().totalMilli();
        }
        return Arrays.copyOf(rows, length);
    }
}
