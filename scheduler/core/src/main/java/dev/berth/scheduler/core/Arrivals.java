package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Counts what arrived in one pool. Bounded: when it grows too large, old arrivals lose half their weight. */
final class Arrivals {
    private static final int MAX_CLASSES = 2048;
    private static final int MAX_SHARES = 48;
    private static final double COVERED = 0.95;
    private static final long MAX_TOTAL = 1L << 16;
    private static final int FIRST = 64;

    private static final Comparator<Map.Entry<Request, Long>> MOST_POPULAR =
            Comparator.<Map.Entry<Request, Long>>comparingLong(entry -> -entry.getValue())
                    .thenComparing(entry -> -entry.getKey().cpuMilli())
                    .thenComparing(entry -> entry.getKey().toString(), Comparator.reverseOrder());

    private final Map<Request, Long> counts = new HashMap<>();
    private long total;
    private long totalWhenPublished;
    private Popularity published = Popularity.NONE;

    void count(Request request) {
        counts.merge(classOf(request), 1L, Long::sum);
        total++;
        if (total > MAX_TOTAL || counts.size() > MAX_CLASSES) {
            halve();
        }
    }

    /**
     * The distribution. It stays the same object until an eighth more has arrived, because all that was worked out for it
     * is void when it changes.
     */
    Popularity popularity() {
        if (total >= totalWhenPublished + Math.max(FIRST, totalWhenPublished / 8)
                || (totalWhenPublished < FIRST && total != totalWhenPublished)) {
            published = publish();
            totalWhenPublished = total;
        }
        return published;
    }

    private static Request classOf(Request request) {
        GpuRequest gpu = request.gpu();
        return new Request(request.cpuMilli(), 0, gpu, request.gpuModels(), Map.of());
    }

    private void halve() {
        total = 0;
        for (Iterator<Map.Entry<Request, Long>> all = counts.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Request, Long> entry = all.next();
            entry.setValue(entry.getValue() / 2);
            if (entry.getValue() == 0) {
                all.remove();
            } else {
                total += entry.getValue();
            }
        }
        totalWhenPublished = Math.min(totalWhenPublished, total);
    }

    private Popularity publish() {
        List<Map.Entry<Request, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(MOST_POPULAR);
        long taken = 0;
        int classes = 0;
        while (classes < sorted.size() && classes < MAX_SHARES && taken < COVERED * total) {
            taken += sorted.get(classes++).getValue();
        }
        List<Popularity.Share> shares = new ArrayList<>(classes);
        for (Map.Entry<Request, Long> entry : sorted.subList(0, classes)) {
            shares.add(new Popularity.Share(entry.getKey(), (double) entry.getValue() / taken));
        }
        return new Popularity(shares);
    }
}
