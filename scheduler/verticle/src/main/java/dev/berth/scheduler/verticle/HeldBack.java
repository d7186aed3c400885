package dev.berth.scheduler.verticle;

import dev.berth.scheduler.core.Task;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tasks whose binding was refused: they wait a little before they are decided again, longer after each refusal, so that
 * a pod that cannot be bound does not turn the cycles into a hot loop.
 */
final class HeldBack {
    private static final long FIRST_MILLIS = 500;
    private static final long MAX_MILLIS = 30_000;
    private static final int MAX_DOUBLINGS = 10;

    private record Held(long timer, String group, String why) {}

    private final Vertx vertx;
    private final Consumer<Task> release;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /** @param release puts a task back among those that wait */
    HeldBack(Vertx vertx, Consumer<Task> release) {
        this.vertx = vertx;
        this.release = release;
    }

    boolean has(String task) {
        return held.containsKey(task);
    }

    /** @param why the sentence of who refused it; empty: not told */
    void hold(Task task, String why) {
        int times = refusals.merge(task.id(), 1, Integer::sum);
        long pause = Math.min(FIRST_MILLIS << Math.min(times - 1, MAX_DOUBLINGS), MAX_MILLIS);
        long timer = vertx.setTimer(pause, ignored -> {
            held.remove(task.id());
            release.accept(task);
        });
        held.put(task.id(), new Held(timer, task.group(), why));
    }

    /** The task is placed or gone: nothing of it is remembered. */
    void forget(String task) {
        refusals.remove(task);
        Held was = held.remove(task);
        if (was != null) {
            vertx.cancelTimer(was.timer());
        }
    }

    /** The last sentence about a held task of each group. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        held.forEach((task, one) -> {
            if (!one.why.isEmpty()) {
                reasons.put(one.group, one.why);
            }
        });
        return reasons;
    }

    void clear() {
        held.values().forEach(one -> vertx.cancelTimer(one.timer()));
        held.clear();
        refusals.clear();
    }
}
