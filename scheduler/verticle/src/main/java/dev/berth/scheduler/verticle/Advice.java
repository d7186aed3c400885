package dev.berth.scheduler.verticle;

import dev.berth.model.Explanation;
import dev.berth.scheduler.core.Counterfactuals;
import dev.berth.scheduler.core.Cycle;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import io.micrometer.core.instrument.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The changes that would start those who wait, found a few at a time between decisions and remembered as long as the
 * explanation reads the same. Newcomers come first, as behind them somebody waits for the answer. Takes no more than a
 * tenth of the time, so that a long queue does not slow down deciding. Lives on the worker that decides.
 */
final class Advice {
    private static final int REST = 9;

    private final Counterfactuals counterfactuals;
    private final Clock stopwatch;
    private final int perCycle;
    private final Map<String, Explanation> given = new HashMap<>();
    private final Deque<String> line = new ArrayDeque<>();
    private final Set<String> inLine = new HashSet<>();
    private long restUntilNanos;

    Advice(Cycle cycle, Clock stopwatch, int perCycle) {
        this.counterfactuals = new Counterfactuals(cycle);
        this.stopwatch = stopwatch;
        this.perCycle = perCycle;
        this.restUntilNanos = stopwatch.monotonicTime();
    }

    /** The report with what is known by now. */
    CycleReport add(Snapshot snapshot, Policy policy, CycleReport report) {
        if (perCycle == 0) {
            return report;
        }
        Map<String, Explanation> waiting = report.explanations();
        given.keySet().retainAll(waiting.keySet());
        waiting.forEach((id, explanation) -> {
            if (!readsTheSame(id, explanation) && inLine.add(id)) {
                if (given.containsKey(id)) {
                    line.addLast(id);
                } else {
                    line.addFirst(id);
                }
            }
        });
        work(snapshot, policy, waiting);
        return given.isEmpty() ? report : with(report);
    }

    private void work(Snapshot snapshot, Policy policy, Map<String, Explanation> waiting) {
        long start = stopwatch.monotonicTime();
        if (start - restUntilNanos < 0) {
            return;
        }
        int asked = 0;
        while (asked < perCycle && !line.isEmpty()) {
            String id = line.removeFirst();
            inLine.remove(id);
            Explanation bare = waiting.get(id);
            if (bare != null) {
                asked++;
                given.put(id, withChanges(id, bare, snapshot, policy));
            }
        }
        long end = stopwatch.monotonicTime();
        restUntilNanos = end + REST * (end - start);
    }

    private Explanation withChanges(String id, Explanation bare, Snapshot snapshot, Policy policy) {
        return new Explanation(
                bare.reason(),
                bare.sentence(),
                bare.checks(),
                bare.position(),
                bare.waiting(),
                counterfactuals.of(snapshot, policy, id));
    }

    /** What was found is only true of what it was found for. */
    private boolean readsTheSame(String id, Explanation now) {
        Explanation then = given.get(id);
        return then != null && then.reason() == now.reason() && then.sentence().equals(now.sentence());
    }

    private CycleReport with(CycleReport report) {
        Map<String, Explanation> all = new TreeMap<>(report.explanations());
        given.forEach((id, explanation) -> {
            Explanation now = all.get(id);
            if (now != null && !explanation.changes().isEmpty() && readsTheSame(id, now)) {
                all.put(
                        id,
                        new Explanation(
                                now.reason(),
                                now.sentence(),
                                now.checks(),
                                now.position(),
                                now.waiting(),
                                explanation.changes()));
            }
        });
        return new CycleReport(report.statements(), report.shares(), all, report.steps(), report.next());
    }
}
