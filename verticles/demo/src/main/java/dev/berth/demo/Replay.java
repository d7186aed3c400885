package dev.berth.demo;

import dev.berth.k8s.simulated.VirtualClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the clock of the simulated clusters and submits what arrives. With a speed, the clock follows real time; without,
 * it jumps from one event to the next as soon as nothing is undecided, so that no pod seems to wait because this machine is
 * slower than the simulated ones. Runs on one event loop.
 */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    /** Between two looks, in real milliseconds. */
    private static final int TICK_MILLIS = 5;
    /** Workloads that may be under way between the API and a decision while the clock moves. */
    private static final int UNDECIDED = 256;
    /** Moments that one look may pass, so that the event loop is not held. */
    private static final int JUMPS = 64;

    private final Vertx vertx;
    private final VirtualClock clock;
    private final List<Feed> feeds;
    private final double speed;
    private final long startMillis;
    private final Promise<Void> done = Promise.promise();
    private LongConsumer onMove = millis -> {};
    private long startNanos;
    private volatile long timer = -1;

    Replay(Vertx vertx, VirtualClock clock, List<Feed> feeds, double speed) {
        this.vertx = vertx;
        this.clock = clock;
        this.feeds = feeds;
        this.speed = speed;
        this.startMillis = clock.nowMillis();
    }

    /** Told before the clock moves, by how much. */
    void onMove(LongConsumer listener) {
        onMove = listener;
    }

    /** Succeeds when all has arrived and settled; never, where arrivals have no end. */
    Future<Void> start() {
        startNanos = System.nanoTime();
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> look());
        return done.future();
    }

    /** Ends it where it is; may be called on any thread. */
    void stop() {
        vertx.cancelTimer(timer);
        done.tryFail("The replay was stopped.");
    }

    /** Simulated milliseconds since the replay began. */
    long elapsedMillis() {
        return clock.nowMillis() - startMillis;
    }

    private void look() {
        try {
            if (feeds.stream().allMatch(Feed::settled)) {
                vertx.cancelTimer(timer);
                done.tryComplete();
            } else if (speed > 0) {
                follow();
            } else {
                jump();
            }
        } catch (RuntimeException bug) {
            LOG.error("The replay ended", bug);
            vertx.cancelTimer(timer);
            done.tryFail(bug);
        }
    }

    private void follow() {
        if (feeds.stream().noneMatch(Feed::behind)) {
            moveTo(startMillis + (long) ((System.nanoTime() - startNanos) / 1e6 * speed));
        }
    }

    private void jump() {
        for (int i = 0; i < JUMPS && undecided() < UNDECIDED; i++) {
            long next = feeds.stream().mapToLong(Feed::nextMillis).min().orElse(Long.MAX_VALUE);
            long arrival = next == Long.MAX_VALUE ? next : startMillis + next;
            OptionalLong event = clock.nextEventMillis();
            long to = Math.min(arrival, event.orElse(Long.MAX_VALUE));
            if (to == Long.MAX_VALUE) {
                return;
            }
            moveTo(Math.max(to, clock.nowMillis()));
        }
    }

    private int undecided() {
        return feeds.stream().mapToInt(Feed::underWay).sum();
    }

    private void moveTo(long millis) {
        onMove.accept(Math.max(0, millis - clock.nowMillis()));
        clock.advanceTo(millis);
        feeds.forEach(feed -> feed.arrive(elapsedMillis()));
    }
}
