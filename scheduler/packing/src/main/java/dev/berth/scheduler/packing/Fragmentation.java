package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fragmentation by its published definition (Weng et al., USENIX ATC 2023): the GPU milli of a node that a random pod of
 * the target workload could not use, in expectation.
 *
 * <p>The sum is taken cause by cause, as the paper splits it. That is not for show: FGD truncates, and whether two equal
 * amounts differ by a rounding error decides between 49 and 50, hence between nodes. Only this order gives the published runs.
 */
public final class Fragmentation {
    private static final int LACK_BOTH = 0;
    private static final int LACK_GPU = 1;
    private static final int LACK_CPU = 2;
    private static final int NO_GPU_ASKED = 3;
    private static final int NO_GPU_ASKED_LACK_CPU = 4;
    private static final int NO_ACCESS = 5;

    private final List<Popularity.Entry> entries;
    private final double[] shares;
    private final Map<String, Classes> classes = new HashMap<>();
    private final double[] causes = new double[NO_ACCESS + 1];

    /** The target workload as arrays, for one model of GPU. */
    private record Classes(int[] cpu, int[] milli, int[] gpus, double[] share, boolean[] admitted) {}

    public Fragmentation(Popularity target) {
        entries = target.entries();
        shares = target.shares();
    }

    /** F of a node as it is, in GPU milli. */
    public double of(NodeState node) {
        return of(node.shape().model(), node.cpuLeft(), node.gpusLeft());
    }

    /** F of a node with {@code cpu} milli and {@code gpus} milli left. */
    public double of(String model, int cpu, int[] gpus) {
        Classes of = classes.computeIfAbsent(model, this::classes);
        Arrays.fill(causes, 0);
        int idle = 0;
        for (int left : gpus) {
            idle += left;
        }
        for (int m = 0; m < of.cpu.length; m++) {
            boolean cpuFits = cpu >= of.cpu[m];
            if (of.gpus[m] == 0) {
                causes[cpuFits ? NO_GPU_ASKED : NO_GPU_ASKED_LACK_CPU] += of.share[m] * idle;
            } else if (!of.admitted[m]) {
                causes[NO_ACCESS] += of.share[m] * idle;
            } else {
                add(of, m, gpus, idle, cpuFits);
            }
        }
        double sum = 0;
        for (double cause : causes) {
            sum += cause;
        }
        return sum;
    }

    private void add(Classes of, int m, int[] gpus, int idle, boolean cpuFits) {
        int fitting = 0;
        int small = 0;
        for (int left : gpus) {
            if (left >= of.milli[m]) {
                fitting++;
            } else {
                small += left;
            }
        }
        if (fitting < of.gpus[m]) {
            causes[cpuFits ? LACK_GPU : LACK_BOTH] += of.share[m] * idle;
        } else if (cpuFits) {
            causes[LACK_GPU] += of.share[m] * small;
        } else {
            causes[LACK_CPU] += of.share[m] * idle;
        }
    }

    private Classes classes(String model) {
        int size = entries.size();
        Classes made = new Classes(new int[size], new int[size], new int[size], shares, new boolean[size]);
        for (int m = 0; m < size; m++) {
            PodClass pod = entries.get(m).pod();
            made.cpu[m] = pod.cpuMilli();
            made.milli[m] = pod.gpuMilli();
            made.gpus[m] = pod.gpus();
            made.admitted[m] = pod.admits(model);
        }
        return made;
    }
}
