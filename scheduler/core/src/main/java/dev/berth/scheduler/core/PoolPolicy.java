package dev.berth.scheduler.core;

import java.util.List;

/**
 * What a cycle may do in one pool.
 *
 * @param actions in this order
 * @param consolidationVictims gangs that consolidation may move for one waiting gang; {@link #ANY_NUMBER}; 0: none
 * @param movesInReclaim whether reclaim may move work that keeps running elsewhere without counting it as taken
 * @param staleGraceMillis how long a gang may be below its minimum before what is left of it is ended; below 0: for ever
 * @param saturation at least 1; how much more saturated than its own queue the queue must stay from which is taken
 */
public record PoolPolicy(
        List<Action> actions,
        int consolidationVictims,
        boolean movesInReclaim,
        long staleGraceMillis,
        double saturation) {
    public static final int ANY_NUMBER = -1;

    /** Gives free room away and evicts nobody. */
    public static final PoolPolicy ALLOCATE_ONLY = new PoolPolicy(List.of(Action.ALLOCATE), 16, true, 60_000, 1);

    /** All actions, in the usual order. */
    public static final PoolPolicy ALL_ACTIONS = new PoolPolicy(Action.ALL, 16, true, 60_000, 1);

    public PoolPolicy {
        actions = List.copyOf(actions);
        saturation = Math.max(1, saturation);
    }
}
