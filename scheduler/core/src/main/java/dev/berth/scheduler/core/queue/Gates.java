package dev.berth.scheduler.core.queue;

import dev.berth.model.Reason;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * Whether a queue and all above it may hold so much more: nothing goes over a limit, and what nobody may take stays within
 * quota.
 */
public final class Gates {
    private Gates() {}

    /** The first queue from the leaf up that says no, or null. Only what is asked for counts. */
    public static Blocked.@Nullable Full check(QueueNode leaf, long[] asks, boolean preemptible) {
        for (QueueNode at = leaf; at != null; at = at.parent()) {
            Blocked.Full full = checkAlone(at, asks, preemptible);
            if (full != null) {
                return full;
            }
        }
        return null;
    }

    /** What this one queue says, whatever those above say. */
    public static Blocked.@Nullable Full checkAlone(QueueNode at, long[] asks, boolean preemptible) {
        for (Dimension dimension : Dimension.ALL) {
            long ask = asks[dimension.ordinal()];
            Blocked.Full full = ask == 0 ? null : check(at, dimension, ask, preemptible);
            if (full != null) {
                return full;
            }
        }
        return null;
    }

    /** The first queue from the leaf up whose quota has no room for so much more that nobody may take, or null. */
    public static Blocked.@Nullable Full overQuota(QueueNode leaf, long[] asks) {
        for (QueueNode at = leaf; at != null; at = at.parent()) {
            for (Dimension dimension : Dimension.ALL) {
                long ask = asks[dimension.ordinal()];
                Blocked.Full full = ask == 0 ? null : overQuota(at, dimension, ask);
                if (full != null) {
                    return full;
                }
            }
        }
        return null;
    }

    private static Blocked.@Nullable Full overQuota(QueueNode at, Dimension dimension, long ask) {
        Amount amount = at.amount(dimension);
        long fixed = at.allocatedNonPreemptible[dimension.ordinal()];
        return amount.quota() != Amount.UNLIMITED && fixed + ask > amount.quota()
                ? new Blocked.Full(Reason.OVER_QUOTA, at, dimension, fixed, ask, amount.quota())
                : null;
    }

    private static Blocked.@Nullable Full check(QueueNode at, Dimension dimension, long ask, boolean preemptible) {
        Amount amount = at.amount(dimension);
        long held = at.allocated[dimension.ordinal()];
        if (amount.limit() != Amount.UNLIMITED && held + ask > amount.limit()) {
            return new Blocked.Full(Reason.OVER_LIMIT, at, dimension, held, ask, amount.limit());
        }
        return preemptible ? null : overQuota(at, dimension, ask);
    }

    /** The first queue from the leaf up whose limit is below the request even when it holds nothing, or null. */
    public static Blocked.@Nullable Full checkEmpty(QueueNode leaf, long[] asks) {
        for (QueueNode at = leaf; at != null; at = at.parent()) {
            for (Dimension dimension : Dimension.ALL) {
                long limit = at.amount(dimension).limit();
                long ask = asks[dimension.ordinal()];
                if (ask > 0 && limit != Amount.UNLIMITED && ask > limit) {
                    return new Blocked.Full(Reason.NEVER_FITS, at, dimension, 0, ask, limit);
                }
            }
        }
        return null;
    }
}
