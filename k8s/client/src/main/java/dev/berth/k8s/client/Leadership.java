package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Cluster;
import io.micrometer.core.instrument.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether this scheduler is the one of its cluster that may bind. Asks for the lease five times in its life; believes in
 * it only until a fifth before its end, counted from before the question was sent, so that two schedulers whose answers
 * are slow never believe at the same time.
 */
final class Leadership {
    static final String LEASE = "berth-scheduler";
    private static final int PARTS = 5;
    private static final long AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Clock clock;
    private final String holder;
    private final int ttlSeconds;
    private final Consumer<Boolean> listener;
    private boolean told;
    private boolean asking;
    private long believedUntilNanos;
    private boolean believed;
    private long timer = -1;
    private long againTimer = -1;

    Leadership(Vertx vertx, Cluster cluster, Clock clock, Holder holder, Consumer<Boolean> listener) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.clock = clock;
        this.holder = holder.name();
        this.ttlSeconds = holder.ttlSeconds();
        this.listener = listener;
    }

    /** Who asks, and for how long at a time. */
    record Holder(String name, int ttlSeconds) {}

    void start() {
        timer = vertx.setPeriodic(periodMillis(), ignored -> ask());
        ask();
    }

    /** True only while no other scheduler can have the lease; looked at before each write to the cluster. */
    boolean held() {
        if (believed && clock.monotonicTime() - believedUntilNanos >= 0) {
            believed = false;
            tell();
        }
        return believed;
    }

    /** Stops asking, and shortens a lease that is held to one second, so that the next scheduler need not wait for its end. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        vertx.cancelTimer(againTimer);
        timer = -1;
        if (!held()) {
            return Future.succeededFuture();
        }
        believed = false;
        tell();
        return cluster.holdLease(LEASE, holder, 1).otherwise(false).mapEmpty();
    }

    private long periodMillis() {
        return Math.max(1, TimeUnit.SECONDS.toMillis(ttlSeconds) / PARTS);
    }

    /** A question without an answer is asked again soon: while nobody leads, everybody waits. */
    private void ask() {
        held();
        if (asking) {
            return;
        }
        asking = true;
        long askedAt = clock.monotonicTime();
        cluster.holdLease(LEASE, holder, ttlSeconds).onComplete(answer -> {
            asking = false;
            if (timer < 0) {
                return;
            }
            if (answer.succeeded()) {
                long lifeNanos = TimeUnit.SECONDS.toNanos(ttlSeconds);
                believed = answer.result();
                believedUntilNanos = askedAt + lifeNanos - lifeNanos / PARTS;
            } else {
                againTimer = vertx.setTimer(Math.min(AGAIN_MILLIS, periodMillis()), ignored -> ask());
            }
            held();
            tell();
        });
    }

    private void tell() {
        if (told != believed) {
            told = believed;
            listener.accept(believed);
        }
    }
}
