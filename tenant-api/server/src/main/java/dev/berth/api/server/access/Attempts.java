package dev.berth.api.server.access;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts for each key in the present window and refuses past a bound. Forgets the key that was longest still when full. */
public final class Attempts {
    private static final int MAX_KEYS = 10_000;

    private record Window(long start, int count) {}

    private final InstantSource clock;
    private final String what;
    private final int most;
    private final long windowMillis;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_KEYS;
        }
    };

    /** {@code what} says in the refusal what is counted, in the plural. */
    public Attempts(InstantSource clock, String what, int most, long windowMillis) {
        this.clock = clock;
        this.what = what;
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
                    "Expected at most " + most + " " + what + " in " + windowMillis / 1000 + " s.", wait));
        }
    }

    /** Counts one less: what was counted turned out not to matter. */
    public void takeBack(String key) {
        windows.computeIfPresent(
                key, (same, window) -> window.count() <= 1 ? null : new Window(window.start(), window.count() - 1));
    }

    /** Begins anew for the key. */
    public void forget(String key) {
        windows.remove(key);
    }

    /** How many keys are remembered. */
    int size() {
        return windows.size();
    }
}
