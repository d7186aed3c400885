package dev.berth.scheduler.packing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which classes of pods arrive, and how often: most popular first.
 *
 * @param counted all pods that were counted, also those whose class is too rare to be an entry
 */
public record Popularity(List<Entry> entries, long counted) {
    /** Share of the pods that the target workload must cover. */
    static final double COVERED = 0.95;

    /** {@code count} of the pods are of class {@code pod}. */
    public record Entry(PodClass pod, int count) {}

    public Popularity {
        entries = List.copyOf(entries);
    }

    /** The target workload M of the published definition: most popular classes first, until they cover 95 % of the pods. */
    public static Popularity target(Iterable<Pod> pods) {
        return of(count(pods), COVERED);
    }

    /** All classes of the pods. */
    public static Popularity whole(Iterable<Pod> pods) {
        return of(count(pods), 1);
    }

    /** Share of each entry among the pods of all entries: they sum to 1, in the order of operations of the published runs. */
    double[] shares() {
        double covered = (double) entries.stream().mapToLong(Entry::count).sum() / counted;
        return entries.stream()
                .mapToDouble(entry -> (double) entry.count() / counted / covered)
                .toArray();
    }

    private static Map<PodClass, Integer> count(Iterable<Pod> pods) {
        Map<PodClass, Integer> counts = new HashMap<>();
        pods.forEach(pod -> counts.merge(pod.kind(), 1, Integer::sum));
        return counts;
    }

    static Popularity of(Map<PodClass, Integer> counts, double covered) {
        List<Map.Entry<PodClass, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<PodClass, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(PodClass.LARGER_FIRST)));
        long all = sorted.stream().mapToLong(Map.Entry::getValue).sum();
        long taken = 0;
        int size = 0;
        while (size < sorted.size() && (size == 0 || taken < covered * all)) {
            taken += sorted.get(size++).getValue();
        }
        return new Popularity(
                sorted.subList(0, size).stream()
                        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                        .toList(),
                all);
    }
}
