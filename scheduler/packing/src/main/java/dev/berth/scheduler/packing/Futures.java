package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.List;

/**
 * What a node will come to: the GPU milli expected to stay idle after random pods of the workload were offered to it one
 * after the other, each taken if it fits, on the tightest GPUs. Pods without GPU are left out.
 *
 * <p>All nodes and all states are offered the same sequences, so that two states differ by what they are and not by luck.
 * At each position the sequences together hold every class as often as its share says (a Latin hypercube), which makes
 * rare classes count with far fewer sequences than independent draws would need.
 *
 * <p>A node only gets fuller: a class that does not fit will not fit later. So a walk along a sequence looks at the
 * classes that still fit, finds their next position by a bit mask, and never sees the others.
 */
final class Futures {
    private final PodClass[] classes;
    private final byte[][] sequences;

    /** Bit {@code i % 64} of {@code masks[s][c * words + i / 64]}: sequence s has class c at position i. */
    private final long[][] masks;

    private final int words;
    private final byte[] alive;
    private final int[] left = new int[NodeShape.MAX_GPUS];

    Futures(Popularity workload, int count, int length) {
        List<Popularity.Entry> entries = workload.entries().stream()
                .filter(entry -> entry.pod().gpus() > 0)
                .limit(Byte.MAX_VALUE)
                .toList();
        classes = entries.stream().map(Popularity.Entry::pod).toArray(PodClass[]::new);
        words = (length + Long.SIZE - 1) / Long.SIZE;
        sequences = new byte[classes.length == 0 ? 0 : count][length];
        masks = new long[sequences.length][classes.length * words];
        alive = new byte[classes.length];
        if (classes.length > 0) {
            draw(entries.stream().mapToInt(Popularity.Entry::count).toArray());
        }
    }

    /** Any fixed stream will do. */
    private void draw(int[] counts) {
        GoRandom random = new GoRandom(1);
        long all = Arrays.stream(counts).asLongStream().sum();
        int strata = sequences.length;
        for (int position = 0; position < sequences[0].length; position++) {
            double shift = random.below(1 << 20) / (double) (1 << 20);
            int[] order = random.permutation(strata);
            int drawn = 0;
            long below = counts[0];
            for (int stratum = 0; stratum < strata; stratum++) {
                while ((stratum + shift) / strata * all >= below) {
                    below += counts[++drawn];
                }
                int sequence = order[stratum];
                sequences[sequence][position] = (byte) drawn;
                masks[sequence][drawn * words + position / Long.SIZE] |= 1L << position;
            }
        }
    }

    /** Expected idle milli of a node with {@code cpu} milli and {@code gpus} milli left, in ascending order. */
    double idle(String model, int cpu, int[] gpus) {
        int idle = 0;
        for (int milli : gpus) {
            idle += milli;
        }
        byte[] fitting = new byte[classes.length];
        int count = 0;
        for (int c = 0; c < classes.length; c++) {
            if (fits(classes[c], cpu, gpus, gpus.length) && classes[c].admits(model)) {
                fitting[count++] = (byte) c;
            }
        }
        if (count == 0) {
            return idle;
        }
        long taken = 0;
        for (int sequence = 0; sequence < sequences.length; sequence++) {
            System.arraycopy(gpus, 0, left, 0, gpus.length);
            System.arraycopy(fitting, 0, alive, 0, count);
            taken += taken(sequence, cpu, gpus.length, count);
        }
        return idle - (double) taken / sequences.length;
    }

    private static boolean fits(PodClass pod, int cpu, int[] ascending, int size) {
        return pod.cpuMilli() <= cpu && pod.gpus() <= size && ascending[size - pod.gpus()] >= pod.gpuMilli();
    }

    /** Milli that a walk along the sequence takes from {@link #left}, which starts with {@code count} classes alive. */
    private int taken(int sequence, int cpu, int size, int count) {
        int cpuLeft = cpu;
        int living = count;
        int taken = 0;
        int position = next(masks[sequence], living, 0);
        while (position >= 0) {
            PodClass pod = classes[sequences[sequence][position]];
            take(pod);
            cpuLeft -= pod.cpuMilli();
            taken += pod.totalMilli();
            int still = 0;
            for (int i = 0; i < living; i++) {
                byte c = alive[i];
                if (fits(classes[c], cpuLeft, left, size)) {
                    alive[still++] = c;
                }
            }
            living = still;
            position = living == 0 ? -1 : next(masks[sequence], living, position + 1);
        }
        return taken;
    }

    /** The first position, from {@code from} on, of a class that is alive; -1 when there is none. */
    private int next(long[] mask, int living, int from) {
        long open = -1L << from;
        for (int word = from / Long.SIZE; word < words; word++) {
            long bits = 0;
            for (int i = 0; i < living; i++) {
                bits |= mask[alive[i] * words + word];
            }
            bits &= open;
            if (bits != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
            }
            open = -1L;
        }
        return -1;
    }

    /** Takes from the tightest GPUs that fit and keeps the order. */
    private void take(PodClass pod) {
        int milli = pod.gpuMilli();
        int first = 0;
        while (left[first] < milli) {
            first++;
        }
        for (int gpu = first; gpu < first + pod.gpus(); gpu++) {
            int rest = left[gpu] - milli;
            int place = gpu;
            while (place > 0 && left[place - 1] > rest) {
                left[place] = left[place - 1];
                place--;
            }
            left[place] = rest;
        }
    }
}
