package dev.berth.k8s.simulated;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * Real time by Vert.x timers. They belong to the context on which the clock was made, so that they live as long as the
 * simulator and not as long as whoever happened to write.
 */
public final class WallClock implements SimClock {
    private final Vertx vertx;
    private final Context context;
    private final InstantSource time;

    public WallClock(Vertx vertx, InstantSource time) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.time = time;
    }

    @Override
    public long nowMillis() {
        return time.millis();
    }

    @Override
    public void schedule(long delayMillis, Runnable action) {
        context.runOnContext(onContext -> vertx.setTimer(Math.max(1, delayMillis), timer -> action.run()));
    }
}
