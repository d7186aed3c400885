package dev.berth.k8s.client;

import io.micrometer.core.instrument.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether this one of several is the one that may write. Asks for the lease five times in its life; believes in it only
 * until a fifth before its end, counted from before the question was sent, so that two whose answers are slow never
 * believe at the same time.
 */
public final class Leadership {
    private static final int PARTS = 5;
    private static final long AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Clock clock;
    private final String lease;
    private final String holder;
    private final int ttlSeconds;
    private final Consumer<Boolean> listener;
    private boolean told;
    private boolean asking;
    private long believedUntilNanos;
    private boolean believed;
    private long timer = -1;
    private long againTimer = -1;

    public Leadership(Vertx vertx, Cluster cluster, Clock clock, Holder holder, Consumer<Boolean> listener) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.clock = clock;
        this.lease = holder.lease();
        this.holder = holder.name();
        this.ttlSeconds = holder.ttlSeconds();
        this.listener = listener;
    }

    /** For which lease who asks, and for how long at a time. */
    public record Holder(String lease, String name, int ttlSeconds) {}

    public void start() {
        timer = vertx.setPeriodic(periodMillis(), ignored -> ask());
        ask();
    }

    /** True only while no other can have the lease; looked at before each write to the cluster. */
    public boolean held() {
        if (believed && clock.monotonicTime() - believedUntilNanos >= 0) {
            believed = false;
            tell();
        }
        return believed;
    }

    /** Stops asking, and shortens a lease that is held to one second, so that the next one need not wait for its end. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        vertx.cancelTimer(againTimer);
        timer = -1;
        if (!held()) {
            return Future.succeededFuture();
        }
        believed = false;
        tell();
        return cluster.holdLease(lease, holder, 1).otherwise(false).mapEmpty();
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
        cluster.holdLease(lease, holder, ttlSeconds).onComplete(answer -> {
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
