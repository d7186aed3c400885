package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Amounts of resources by number, so that a node is compared without looking up a name. */
final class Needs {
    /** The resource of which every pod takes one. */
    static final String PODS = "pods";

    private final String[] names;
    private final int[] numbers;
    private final long[] amounts;

    /** @param numbering all resources that any node has; others are nowhere */
    Needs(PodFacts pod, Map<String, Integer> numbering) {
        Map<String, Long> all = new TreeMap<>(pod.requests());
        all.put(PODS, 1L);
        names = all.keySet().toArray(new String[0]);
        numbers = new int[names.length];
        amounts = new long[names.length];
        int i = 0;
        for (Map.Entry<String, Long> one : all.entrySet()) {
            numbers[i] = numbering.getOrDefault(one.getKey(), -1);
            amounts[i++] = one.getValue();
        }
    }

    boolean fit(long[] free) {
        for (int i = 0; i < amounts.length; i++) {
            if (numbers[i] < 0 || amounts[i] > free[numbers[i]]) {
                return false;
            }
        }
        return true;
    }

    void take(long[] free, int sign) {
        for (int i = 0; i < amounts.length; i++) {
            if (numbers[i] >= 0) {
                free[numbers[i]] -= sign * amounts[i];
            }
        }
    }

    List<Verdict.Shortage> shortages(Stock stock) {
        List<Verdict.Shortage> shortages = new ArrayList<>();
        for (int i = 0; i < amounts.length; i++) {
            long free = numbers[i] < 0 ? 0 : stock.free()[numbers[i]];
            if (amounts[i] > free) {
                long allocatable = stock.facts().allocatable().getOrDefault(names[i], 0L);
                shortages.add(new Verdict.Shortage(names[i], amounts[i], free, allocatable));
            }
        }
        return shortages;
    }
}
