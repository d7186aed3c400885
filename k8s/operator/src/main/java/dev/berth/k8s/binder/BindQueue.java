package dev.berth.k8s.binder;

import dev.berth.k8s.client.ObjectKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Requests that want a look, so many at a time and each by one at a time. A look says when the next is due; news of the
 * request bring it forward. No longer than there are requests. Everything happens on the context of its verticle.
 */
final class BindQueue {
    /** Answer of a look: only news make another one worth while. */
    static final long WHEN_NEWS_COME = -1;

    private final Vertx vertx;
    private final int concurrency;
    private final long afterFailureMillis;
    private final Function<ObjectKey, Future<Long>> look;
    private final Set<ObjectKey> waiting = new LinkedHashSet<>();
    private final Set<ObjectKey> running = new HashSet<>();
    private final Map<ObjectKey, Long> timers = new HashMap<>();
    private boolean turnPlanned;
    private boolean closed;

    BindQueue(Vertx vertx, int concurrency, long afterFailureMillis, Function<ObjectKey, Future<Long>> look) {
        this.vertx = vertx;
        this.concurrency = concurrency;
        this.afterFailureMillis = afterFailureMillis;
        this.look = look;
    }

    /** Wants a look soon. */
    void add(ObjectKey key) {
        if (!closed && waiting.add(key)) {
            cancel(key);
            plan();
        }
    }

    void close() {
        closed = true;
        waiting.clear();
        new ArrayList<>(timers.keySet()).forEach(this::cancel);
    }

    private void cancel(ObjectKey key) {
        Long timer = timers.remove(key);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void plan() {
        if (!turnPlanned) {
            turnPlanned = true;
            vertx.runOnContext(ignored -> turn());
        }
    }

    private void turn() {
        turnPlanned = false;
        List<ObjectKey> chosen = new ArrayList<>();
        Iterator<ObjectKey> keys = waiting.iterator();
        while (keys.hasNext() && running.size() + chosen.size() < concurrency) {
            ObjectKey key = keys.next();
            if (!running.contains(key)) {
                chosen.add(key);
                keys.remove();
            }
        }
        chosen.forEach(this::start);
    }

    private void start(ObjectKey key) {
        running.add(key);
        Future<Long> looked;
        try {
            looked = look.apply(key);
        } catch (RuntimeException bug) {
            looked = Future.failedFuture(bug);
        }
        looked.onComplete(done -> ended(key, done.succeeded() ? done.result() : afterFailureMillis));
    }

    private void ended(ObjectKey key, long nextMillis) {
        running.remove(key);
        if (closed) {
            return;
        }
        if (nextMillis >= 0 && !waiting.contains(key)) {
            timers.put(key, vertx.setTimer(Math.max(1, nextMillis), due -> {
                timers.remove(key);
                add(key);
            }));
        }
        if (!waiting.isEmpty()) {
            plan();
        }
    }
}
