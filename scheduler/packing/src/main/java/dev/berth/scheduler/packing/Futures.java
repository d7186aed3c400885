package dev.berth.scheduler.packing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private final Map<String, View> views = new HashMap<>();
    private final int words;
    private final int[] cpus;
    private final int[] millis;
    private final int[] gpuCounts;
    private final byte[] alive;
    private int living;
    private final int[] left = new int[NodeShape.MAX_GPUS];

    /** The sequences as a model of GPU sees them: what it may run, and {@link #masks} of that. */
    private record View(byte[] classes, long[][] masks) {}

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
        cpus = Arrays.stream(classes).mapToInt(PodClass::cpuMilli).toArray();
        millis = Arrays.stream(classes).mapToInt(PodClass::gpuMilli).toArray();
        gpuCounts = Arrays.stream(classes).mapToInt(PodClass::gpus).toArray();
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

    /** Classes that ask for the same, but for their models, are one. */
    private View view(String model) {
        Map<List<Integer>, Integer> first = new LinkedHashMap<>();
        long[][] merged = new long[masks.length][classes.length * words];
        for (int c = 0; c < classes.length; c++) {
            if (classes[c].admits(model)) {
                int seen = c;
                int same = first.computeIfAbsent(List.of(cpus[c], millis[c], gpuCounts[c]), request -> seen);
                for (int sequence = 0; sequence < masks.length; sequence++) {
                    for (int word = 0; word < words; word++) {
                        merged[sequence][same * words + word] |= masks[sequence][c * words + word];
                    }
                }
            }
        }
        byte[] distinct = new byte[first.size()];
        int size = 0;
        for (int c : first.values()) {
            distinct[size++] = (byte) c;
        }
        return new View(distinct, merged);
    }

    /** Expected idle milli of a node with {@code cpu} milli and {@code gpus} milli left, in ascending order. */
    double idle(String model, int cpu, int[] gpus) {
        int idle = 0;
        for (int milli : gpus) {
            idle += milli;
        }
        View view = views.computeIfAbsent(model, this::view);
        byte[] fitting = new byte[view.classes.length];
        int count = 0;
        for (byte c : view.classes) {
            if (fits(c, cpu, gpus, gpus.length)) {
                fitting[count++] = c;
            }
        }
        if (count == 0) {
            return idle;
        }
        long taken = 0;
        for (int sequence = 0; sequence < sequences.length; sequence++) {
            System.arraycopy(gpus, 0, left, 0, gpus.length);
            System.arraycopy(fitting, 0, alive, 0, count);
            living = count;
            taken += taken(sequence, view.masks[sequence], cpu, gpus.length);
        }
        return idle - (double) taken / sequences.length;
    }

    private boolean fits(int c, int cpu, int[] ascending, int size) {
        return cpus[c] <= cpu && gpuCounts[c] <= size && ascending[size - gpuCounts[c]] >= millis[c];
    }

    /** Milli that a walk along the sequence takes from {@link #left}. */
    private int taken(int sequence, long[] mask, int cpu, int size) {
        byte[] offered = sequences[sequence];
        int cpuLeft = cpu;
        int taken = 0;
        for (int word = 0; word < words; word++) {
            long open = open(mask, word);
            while (open != 0) {
                int bit = Long.numberOfTrailingZeros(open);
                int c = offered[word * Long.SIZE + bit];
                take(millis[c], gpuCounts[c]);
                cpuLeft -= cpus[c];
                taken += millis[c] * gpuCounts[c];
                open &= open - 1;
                if (bury(cpuLeft, size)) {
                    open &= open(mask, word);
                }
            }
        }
        return taken;
    }

    /** Positions of all classes that are alive. */
    private long open(long[] mask, int word) {
        long open = 0;
        for (int i = 0; i < living; i++) {
            open |= mask[alive[i] * words + word];
        }
        return open;
    }

    /** Whether a class died. */
    private boolean bury(int cpuLeft, int size) {
        int still = 0;
        for (int i = 0; i < living; i++) {
            byte c = alive[i];
            if (fits(c, cpuLeft, left, size)) {
                alive[still++] = c;
            }
        }
        boolean died = still < living;
        living = still;
        return died;
    }

    /** Takes from the tightest GPUs that fit and keeps the order. */
    private void take(int milli, int count) {
        int first = 0;
        while (left[first] < milli) {
            first++;
        }
        for (int gpu = first; gpu < first + count; gpu++) {
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
