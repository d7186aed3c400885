package dev.berth.scheduler.verticle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * When a cycle starts: soon after something changed, never two at once, never more often than {@code minMillis}, and
 * after {@code maxMillis} of silence as a heartbeat. A cycle that took long is followed by a rest as long, so that
 * deciding never takes more than half of one core.
 */
final class Pacer {
    private final Vertx vertx;
    private final Bounds bounds;
    private final Supplier<Future<Long>> cycle;
    private boolean stopped = true;
    private boolean running;
    private boolean changed;
    private boolean resting;
    private long restTimer = -1;
    private long idleTimer = -1;

    /** @param cycle runs one cycle and says how many milliseconds it took */
    Pacer(Vertx vertx, Bounds bounds, Supplier<Future<Long>> cycle) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.cycle = cycle;
    }

    record Bounds(long minMillis, long maxMillis) {}

    void start() {
        stopped = false;
        changed();
    }

    /** Something that may change a decision happened. */
    void changed() {
        changed = true;
        if (!stopped && !running && !resting) {
            run();
        }
    }

    void stop() {
        stopped = true;
        resting = false;
        vertx.cancelTimer(restTimer);
        vertx.cancelTimer(idleTimer);
    }

    private void run() {
        vertx.cancelTimer(idleTimer);
        changed = false;
        running = true;
        cycle.get().onComplete(took -> {
            running = false;
            if (!stopped) {
                rest(took.succeeded() ? took.result() : bounds.maxMillis());
            }
        });
    }

    private void rest(long tookMillis) {
        resting = true;
        long pause = Math.min(Math.max(bounds.minMillis() - tookMillis, tookMillis), bounds.maxMillis());
        restTimer = vertx.setTimer(Math.max(1, pause), ignored -> {
            resting = false;
            if (changed) {
                run();
            } else {
                idleTimer = vertx.setTimer(bounds.maxMillis(), silence -> changed());
            }
        });
    }
}
