package dev.berth.k8s.work;

import dev.berth.k8s.client.ObjectKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys that want work. A key stands in the queue at most once, is worked on by one at a time, and comes again after its
 * work when it was added meanwhile; a failed one comes again after a pause. So the queue is as long as there are objects
 * and never longer. Everything happens on the context of its verticle; a turn collects before it works.
 */
public final class KeyQueue {
    private final Vertx vertx;
    private final int concurrency;
    private final Backoff backoff;
    private final Function<ObjectKey, Future<Void>> work;
    private final Consumer<Throwable> onFailure;
    private final Set<ObjectKey> waiting = new LinkedHashSet<>();
    private final Set<ObjectKey> running = new HashSet<>();
    private final Map<ObjectKey, Integer> failures = new HashMap<>();
    private final Map<ObjectKey, Long> pausing = new HashMap<>();
    private boolean turnPlanned;
    private boolean closed;

    public KeyQueue(
            Vertx vertx,
            int concurrency,
            Backoff backoff,
            Function<ObjectKey, Future<Void>> work,
            Consumer<Throwable> onFailure) {
        this.vertx = vertx;
        this.concurrency = concurrency;
        this.backoff = backoff;
        this.work = work;
        this.onFailure = onFailure;
    }

    /** Wants work for the key. One that pauses after a failure is not hurried: its pause is what protects the API server. */
    public void add(ObjectKey key) {
        if (closed || pausing.containsKey(key)) {
            return;
        }
        if (waiting.add(key)) {
            planTurn();
        }
    }

    /** Keys that wait, run or pause. */
    public int size() {
        return waiting.size() + running.size() + pausing.size();
    }

    public void close() {
        closed = true;
        waiting.clear();
        pausing.values().forEach(vertx::cancelTimer);
        pausing.clear();
    }

    private void planTurn() {
        if (!turnPlanned) {
            turnPlanned = true;
            vertx.runOnContext(ignored -> turn());
        }
    }

    private void turn() {
        turnPlanned = false;
        Iterator<ObjectKey> keys = waiting.iterator();
        Set<ObjectKey> chosen = new LinkedHashSet<>();
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
        Future<Void> done;
        try {
            done = work.apply(key);
        } catch (RuntimeException bug) {
            done = Future.failedFuture(bug);
        }
        done.onComplete(result -> ended(key, result.succeeded() ? null : result.cause()));
    }

    private void ended(ObjectKey key, @Nullable Throwable failure) {
        running.remove(key);
        if (failure == null) {
            failures.remove(key);
        } else if (!closed) {
            onFailure.accept(failure);
            pause(key);
        }
        if (!waiting.isEmpty()) {
            planTurn();
        }
    }

    private void pause(ObjectKey key) {
        waiting.remove(key);
        int count = failures.merge(key, 1, Integer::sum);
        long timer = vertx.setTimer(backoff.pauseMillis(count), ignored -> {
            pausing.remove(key);
            add(key);
        });
        pausing.put(key, timer);
    }
}
