package dev.berth.scheduler.verticle;

import dev.berth.model.Explanation;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.cycle.Counterfactuals;
import dev.berth.scheduler.core.cycle.Cycle;
import io.micrometer.core.instrument.Clock;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that would start those who wait, found a few at a time beside the cycles and remembered as long as the
 * explanation reads the same. Newcomers come first, as behind them somebody waits for the answer. Each answer costs some
 * cycles of its own, so they run on another thread than those that decide, and take a tenth of the time at most.
 */
final class Advice {
    private static final Logger LOG = LoggerFactory.getLogger(Advice.class);
    private static final int REST = 9;

    private final Vertx vertx;
    private final Clock stopwatch;
    private final Policy policy;
    private final int atATime;
    private final Runnable found;
    private final Counterfactuals counterfactuals = new Counterfactuals(new Cycle());
    private final Map<String, Explanation> given = new HashMap<>();
    private final Deque<String> line = new ArrayDeque<>();
    private final Set<String> inLine = new HashSet<>();
    private boolean working;
    private long restUntilNanos;

    /** @param found called when there are new ones, which the next call tells */
    Advice(Vertx vertx, Clock stopwatch, SchedulerConfig config, Runnable found) {
        this.vertx = vertx;
        this.stopwatch = stopwatch;
        this.policy = config.policy();
        this.atATime = config.counterfactualsPerCycle();
        this.found = found;
        this.restUntilNanos = stopwatch.monotonicTime();
    }

    /** The explanations with what is known by now. */
    Map<String, Explanation> add(Snapshot snapshot, Map<String, Explanation> waiting) {
        if (atATime == 0) {
            return waiting;
        }
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
        if (!working && stopwatch.monotonicTime() - restUntilNanos >= 0) {
            line.removeIf(id -> !waiting.containsKey(id));
            inLine.retainAll(waiting.keySet());
            begin(snapshot, waiting);
        }
        return withChanges(waiting);
    }

    private void begin(Snapshot snapshot, Map<String, Explanation> waiting) {
        Map<String, Explanation> asked = new LinkedHashMap<>();
        while (asked.size() < atATime && !line.isEmpty()) {
            String id = line.removeFirst();
            inLine.remove(id);
            Explanation bare = waiting.get(id);
            if (bare != null) {
                asked.put(id, bare);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        working = true;
        long start = stopwatch.monotonicTime();
        vertx.<Map<String, Explanation>>executeBlocking(() -> find(snapshot, asked), false)
                .onComplete(answer -> {
                    working = false;
                    long end = stopwatch.monotonicTime();
                    restUntilNanos = end + REST * (end - start);
                })
                .onFailure(bug -> LOG.error("Changes that would start a group were not found", bug))
                .onSuccess(answers -> {
                    given.putAll(answers);
                    found.run();
                });
    }

    /** On a worker, one at a time. */
    private Map<String, Explanation> find(Snapshot snapshot, Map<String, Explanation> asked) {
        Map<String, Explanation> answers = new HashMap<>();
        asked.forEach((id, bare) -> answers.put(id, with(bare, counterfactuals.of(snapshot, policy, id))));
        return answers;
    }

    /** What was found is only true of what it was found for. */
    private boolean readsTheSame(String id, Explanation now) {
        Explanation then = given.get(id);
        return then != null && then.reason() == now.reason() && then.sentence().equals(now.sentence());
    }

    private Map<String, Explanation> withChanges(Map<String, Explanation> waiting) {
        Map<String, Explanation> all = new HashMap<>(waiting);
        given.forEach((id, explanation) -> {
            Explanation now = waiting.get(id);
            if (now != null && !explanation.changes().isEmpty() && readsTheSame(id, now)) {
                all.put(id, with(now, explanation.changes()));
            }
        });
        return all;
    }

    private static Explanation with(Explanation bare, java.util.List<Explanation.Change> changes) {
        return new Explanation(bare.reason(), bare.sentence(), bare.checks(), bare.position(), bare.waiting(), changes);
    }
}
