package dev.berth.api.server.access;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts tries for each key in the present window and refuses past a bound. Forgets the oldest key when full. */
public final class Attempts {
    private static final int MAX_KEYS = 10_000;

    private record Window(long start, int count) {}

    private final InstantSource clock;
    private final int most;
    private final long windowMillis;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public Attempts(InstantSource clock, int most, long windowMillis) {
        this.clock = clock;
        this.most = most;
        this.windowMillis = windowMillis;
    }

    /** Counts one; throws {@link Refused} when it is one too many. */
    public void count(String key) {
        long now = clock.millis();
        Window last = windows.get(key);
        Window next = last == null || now - last.start() >= windowMillis
                ? new Window(now, 1)
                : new Window(last.start(), last.count() + 1);
        windows.put(key, next);
        if (next.count() > most) {
            int wait = (int) Math.max(1, (windowMillis - (now - next.start()) + 999) / 1000);
            throw new Refused(new Refusal.TooManyRequests(
                    "Expected at most " + most + " requests in " + windowMillis / 1000.0 + " s.", wait));
        }
    }
}
