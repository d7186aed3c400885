package dev.berth.cli;

import java.time.Instant;

/** The time of the machine. */
final class WallClock implements Terminal.Clock {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
