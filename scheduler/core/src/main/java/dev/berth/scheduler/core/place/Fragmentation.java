package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Popularity;
import dev.berth.scheduler.core.Request;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many thousandths of a node's free GPUs the usual work could not use: for each class of requests, weighted by how often
 * it arrives, all that is free where one such request does not fit, else what is free on the devices that are too full for
 * it. The measure of Weng et al., "Beware of Fragmentation" (USENIX ATC 2023).
 *
 * <p>Values are kept by state of node. The store is bounded and only saves time.
 */
final class Fragmentation {
    private static final int MAX_DEVICES_KEPT = 8;
    private static final int MAX_KEPT = 1 << 17;

    private final Popularity popularity;
    private final long[] cpuSteps;
    private final Map<Kind, Table> tables = new HashMap<>();
    private final Map<Key, Double> kept = new HashMap<>();
    private final int[] sorted = new int[MAX_DEVICES_KEPT];

    Fragmentation(Popularity popularity) {
        this.popularity = popularity;
        this.cpuSteps = popularity.shares().stream()
                .mapToLong(share -> share.request().cpuMilli())
                .sorted()
                .distinct()
                .toArray();
    }

    /** Thousandths that are as good as lost on a node with so much free. */
    double of(Kind kind, long cpuMilli, int[] milli) {
        Table table = tables.computeIfAbsent(kind, some -> new Table(some, popularity.shares(), tables.size()));
        if (milli.length > MAX_DEVICES_KEPT) {
            return table.of(cpuMilli, milli);
        }
        Key key = key(table.index, cpuMilli, milli);
        Double known = kept.get(key);
        if (known != null) {
            return known;
        }
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        double value = table.of(cpuMilli, milli);
        kept.put(key, value);
        return value;
    }

    /** All states with one key have one value: cores matter only as far as they decide which classes fit. */
    private Key key(int kind, long cpuMilli, int[] milli) {
        int count = milli.length;
        for (int i = 0; i < count; i++) {
            int value = Math.max(0, milli[i]);
            int at = i;
            for (; at > 0 && sorted[at - 1] > value; at--) {
                sorted[at] = sorted[at - 1];
            }
            sorted[at] = value;
        }
        int found = Arrays.binarySearch(cpuSteps, cpuMilli);
        long high = ((long) kind << 40) | ((long) (found >= 0 ? found + 1 : -found - 1) << 20);
        long low = 0;
        for (int i = 0; i < count; i++) {
            if (i < 6) {
                low = (low << 10) | sorted[i];
            } else {
                high |= (long) sorted[i] << (10 * (i - 6));
            }
        }
        return new Key(high, low);
    }

    private record Key(long high, long low) {
        @Override
        public int hashCode() {
            long mixed = (high ^ (low * 0x9E3779B97F4A7C15L)) * 0xBF58476D1CE4E5B9L;
            return (int) (mixed >>> 32);
        }
    }

    /** The classes as they are on nodes of one kind. */
    private static final class Table {
        private final int index;
        private final long[] cpuMilli;
        private final int[] milli;
        private final int[] devices;
        private final double[] share;
        private final double never;

        Table(Kind kind, List<Popularity.Share> shares, int index) {
            this.index = index;
            List<Popularity.Share> usable = shares.stream()
                    .filter(share -> usable(kind, share.request()))
                    .toList();
            this.cpuMilli =
                    usable.stream().mapToLong(one -> one.request().cpuMilli()).toArray();
            this.milli = usable.stream()
                    .mapToInt(one -> kind.milli(one.request().gpu()))
                    .toArray();
            this.devices = usable.stream()
                    .mapToInt(one -> one.request().gpu().devices())
                    .toArray();
            this.share = usable.stream().mapToDouble(Popularity.Share::share).toArray();
            this.never = shares.stream()
                    .filter(one -> !usable(kind, one.request()))
                    .mapToDouble(Popularity.Share::share)
                    .sum();
        }

        private static boolean usable(Kind kind, Request request) {
            return request.gpu().devices() > 0
                    && kind.admits(request.gpuModels())
                    && kind.milli(request.gpu()) <= Devices.WHOLE;
        }

        double of(long freeCpuMilli, int[] free) {
            long all = 0;
            for (int one : free) {
                all += Math.max(0, one);
            }
            double lost = never * all;
            for (int c = 0; c < share.length; c++) {
                lost += share[c] * (freeCpuMilli < cpuMilli[c] ? all : lostTo(c, free, all));
            }
            return lost;
        }

        private long lostTo(int c, int[] free, long all) {
            long tooFull = 0;
            int fitting = 0;
            for (int one : free) {
                if (one >= milli[c]) {
                    fitting++;
                } else {
                    tooFull += Math.max(0, one);
                }
            }
            return fitting < devices[c] ? all : tooFull;
        }
    }
}
