package dev.berth.k8s.simulated;

import java.time.Instant;
import java.time.InstantSource;

/** The time in which a simulated cluster lives: {@link WallClock real} or {@link VirtualClock moved by its owner}. */
public interface SimClock extends InstantSource {
    long nowMillis();

    /** Runs the action once, {@code delayMillis} from now; on a thread of the clock's choice, never within this call. */
    void schedule(long delayMillis, Runnable action);

    @Override
    default Instant instant() {
        return Instant.ofEpochMilli(nowMillis());
    }

    @Override
    default long millis() {
        return nowMillis();
    }
}
