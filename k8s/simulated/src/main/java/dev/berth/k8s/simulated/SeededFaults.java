package dev.berth.k8s.simulated;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Conflicts and delays by seed: equal seeds and equal orders of calls give equal faults.
 *
 * @param conflictsPerThousand how many of a thousand writes are refused with a conflict
 * @param maxDelayMillis calls take 0 to this long
 */
public record SeededFaults(long seed, int conflictsPerThousand, long maxDelayMillis, AtomicLong drawn)
        implements Faults {
    public SeededFaults(long seed, int conflictsPerThousand, long maxDelayMillis) {
        this(seed, conflictsPerThousand, maxDelayMillis, new AtomicLong());
    }

    @Override
    public Optional<Refusal> refuse(Call call, Class<?> kind, ObjectKey key) {
        if (call == Call.GET || draw(1000) >= conflictsPerThousand) {
            return Optional.empty();
        }
        return Optional.of(new Refusal.Conflict(
                "Expected " + kind.getSimpleName() + " \"" + key + "\" unchanged, but somebody was quicker (injected).",
                "Read it again and repeat the change."));
    }

    @Override
    public long delayMillis(Call call) {
        return draw(maxDelayMillis + 1);
    }

    private long draw(long bound) {
        return Seeded.below(bound, seed, drawn.getAndIncrement());
    }
}
