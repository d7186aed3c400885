package dev.berth.scheduler.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a node will come to: the GPU milli expected to stay idle after random pods of the workload were offered to it one
 * after the other, each taken if it fits, on the tightest GPUs.
 *
 * <p>All nodes and all states are offered the same sequences, so that two states differ by what they are and not by luck.
 */
final class Futures {
    private final List<PodClass> classes;
    private final int[][] sequences;
    private final Map<String, Offered> byModel = new HashMap<>();
    private int[] sorted = new int[NodeShape.MAX_GPUS];

    /** The sequences as a model of GPU sees them: the classes it may not run are left out. */
    private record Offered(int[][] cpu, int[][] milli, int[][] gpus) {}

    Futures(Popularity workload, int count, int length) {
        List<Popularity.Entry> entries = workload.entries().stream()
                .filter(entry -> entry.pod().gpus() > 0)
                .toList();
        classes = entries.stream().map(Popularity.Entry::pod).toList();
        sequences = new int[classes.isEmpty() ? 0 : count][length];
        if (!classes.isEmpty()) {
            draw(entries.stream().mapToInt(Popularity.Entry::count).toArray());
        }
    }

    /** Any fixed stream will do. */
    private void draw(int[] counts) {
        int[] urn = urn(counts);
        GoRandom random = new GoRandom(sequences.length);
        for (int[] sequence : sequences) {
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = urn[random.below(urn.length)];
            }
        }
    }

    private static int[] urn(int[] counts) {
        int[] urn = new int[Arrays.stream(counts).sum()];
        int filled = 0;
        for (int entry = 0; entry < counts.length; entry++) {
            Arrays.fill(urn, filled, filled += counts[entry], entry);
        }
        return urn;
    }

    /** Expected idle milli of a node with {@code cpu} milli and {@code gpus} milli left. */
    double idle(String model, int cpu, int[] gpus) {
        Offered offered = byModel.computeIfAbsent(model, this::offered);
        int[] state = Arrays.copyOf(gpus, gpus.length);
        Arrays.sort(state);
        int idle = Arrays.stream(state).sum();
        if (sequences.length == 0 || idle == 0) {
            return idle;
        }
        long left = 0;
        for (int s = 0; s < sequences.length; s++) {
            left += idle - taken(offered, s, cpu, state);
        }
        return (double) left / sequences.length;
    }

    private int taken(Offered offered, int sequence, int cpu, int[] state) {
        int size = state.length;
        System.arraycopy(state, 0, sorted, 0, size);
        int[] cpus = offered.cpu[sequence];
        int[] millis = offered.milli[sequence];
        int[] counts = offered.gpus[sequence];
        int cpuLeft = cpu;
        int taken = 0;
        for (int i = 0; i < cpus.length; i++) {
            int milli = millis[i];
            int count = counts[i];
            if (cpus[i] <= cpuLeft && count <= size && sorted[size - count] >= milli) {
                take(milli, count);
                cpuLeft -= cpus[i];
                taken += milli * count;
                if (sorted[size - 1] == 0) {
                    break;
                }
            }
        }
        return taken;
    }

    /** Takes from the tightest GPUs that fit and keeps the order: the {@code count} from the first that fits on. */
    private void take(int milli, int count) {
        int first = 0;
        while (sorted[first] < milli) {
            first++;
        }
        for (int gpu = first; gpu < first + count; gpu++) {
            int left = sorted[gpu] - milli;
            int place = gpu;
            while (place > 0 && sorted[place - 1] > left) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = left;
        }
    }

    private Offered offered(String model) {
        boolean[] admitted = new boolean[classes.size()];
        for (int entry = 0; entry < admitted.length; entry++) {
            admitted[entry] = classes.get(entry).admits(model);
        }
        List<int[]> seen = new ArrayList<>();
        for (int[] sequence : sequences) {
            seen.add(Arrays.stream(sequence).filter(entry -> admitted[entry]).toArray());
        }
        return new Offered(
                column(seen, PodClass::cpuMilli), column(seen, PodClass::gpuMilli), column(seen, PodClass::gpus));
    }

    private int[][] column(List<int[]> seen, ToIntFunction<PodClass> value) {
        return seen.stream()
                .map(sequence -> Arrays.stream(sequence)
                        .map(entry -> value.applyAsInt(classes.get(entry)))
                        .toArray())
                .toArray(int[][]::new);
    }
}
