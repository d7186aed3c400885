package dev.berth.scheduler.core.foresight;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node will come to: the thousandths of its GPUs that are expected to stay idle after random requests of the usual work
 * were offered to it one after the other, each taken if it fits, on the tightest GPUs.
 *
 * <p>A node only gets fuller: a class that does not fit will not fit later. So a walk along a sequence looks at the classes
 * that still fit, finds their next position by a bit mask, and never sees the others.
 */
final class Futures<K> {
    /** More classes than any share of the usual work needs; they are named by bytes. */
    private static final int MAX_CLASSES = Byte.MAX_VALUE;

    private final List<Demand.Arrival<K>> classes;
    private final Sequences sequences;
    private final Map<K, View> views = new HashMap<>();
    private final int[] cpus;
    private final int[] devices;
    private final byte[] alive;
    private int living;
    private int[] left = new int[0];

    /** The sequences as a kind of node sees them: the classes it may run, what they take of a GPU, and masks of those. */
    private record View(byte[] classes, int[] millis, long[][] masks) {}

    Futures(Demand<K> demand, int count, int length) {
        classes = demand.arrivals().stream().limit(MAX_CLASSES).toList();
        cpus = classes.stream().mapToInt(Demand.Arrival::cpuMilli).toArray();
        devices = classes.stream().mapToInt(Demand.Arrival::devices).toArray();
        alive = new byte[classes.size()];
        sequences =
                new Sequences(classes.stream().mapToLong(Demand.Arrival::count).toArray(), count, length);
    }

    /** Classes that ask for the same on this kind are one. */
    private View view(K kind) {
        int words = sequences.words;
        int[] millis = classes.stream().mapToInt(arrival -> arrival.milli(kind)).toArray();
        Map<List<Integer>, Integer> first = new LinkedHashMap<>();
        long[][] merged = new long[sequences.masks.length][classes.size() * words];
        for (int c = 0; c < millis.length; c++) {
            if (millis[c] > 0) {
                int seen = c;
                int same = first.computeIfAbsent(List.of(cpus[c], millis[c], devices[c]), request -> seen);
                for (int sequence = 0; sequence < merged.length; sequence++) {
                    for (int word = 0; word < words; word++) {
                        merged[sequence][same * words + word] |= sequences.masks[sequence][c * words + word];
                    }
                }
            }
        }
        byte[] distinct = new byte[first.size()];
        int size = 0;
        for (int c : first.values()) {
            distinct[size++] = (byte) c;
        }
        return new View(distinct, millis, merged);
    }

    /** Expected idle thousandths of a node with {@code cpu} thousandths of cores and {@code gpus} left, in ascending order. */
    double idle(K kind, int cpu, int[] gpus) {
        int idle = 0;
        for (int milli : gpus) {
            idle += milli;
        }
        View view = views.computeIfAbsent(kind, this::view);
        byte[] fitting = new byte[view.classes.length];
        int count = 0;
        for (byte c : view.classes) {
            if (fits(view, c, cpu, gpus)) {
                fitting[count++] = c;
            }
        }
        if (count == 0) {
            return idle;
        }
        left = left.length == gpus.length ? left : new int[gpus.length];
        long taken = 0;
        for (int sequence = 0; sequence < sequences.offered.length; sequence++) {
            System.arraycopy(gpus, 0, left, 0, gpus.length);
            System.arraycopy(fitting, 0, alive, 0, count);
            living = count;
            taken += taken(view, sequence, cpu);
        }
        return idle - (double) taken / sequences.offered.length;
    }

    private boolean fits(View view, int c, int cpu, int[] ascending) {
        int size = ascending.length;
        return cpus[c] <= cpu && devices[c] <= size && ascending[size - devices[c]] >= view.millis[c];
    }

    /** Thousandths that a walk along the sequence takes from {@link #left}. */
    private int taken(View view, int sequence, int cpu) {
        byte[] offered = sequences.offered[sequence];
        long[] mask = view.masks[sequence];
        int cpuLeft = cpu;
        int taken = 0;
        for (int word = 0; word < sequences.words; word++) {
            long open = open(mask, word);
            while (open != 0) {
                int c = offered[word * Long.SIZE + Long.numberOfTrailingZeros(open)];
                take(view.millis[c], devices[c]);
                cpuLeft -= cpus[c];
                taken += view.millis[c] * devices[c];
                open &= open - 1;
                if (bury(view, cpuLeft)) {
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
            open |= mask[alive[i] * sequences.words + word];
        }
        return open;
    }

    /** Whether a class died. */
    private boolean bury(View view, int cpuLeft) {
        int still = 0;
        for (int i = 0; i < living; i++) {
            byte c = alive[i];
            if (fits(view, c, cpuLeft, left)) {
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
