package dev.berth.scheduler.core.place;

import org.jspecify.annotations.Nullable;

/**
 * How a place is looked for.
 *
 * @param atOnce whether the task would start at once; if not, what is free later counts
 * @param sitting where the task is still, when it was told to leave; it may stay there
 */
public record Look(boolean atOnce, @Nullable Place sitting) {
    public static final Look NOW = new Look(true, null);
}
