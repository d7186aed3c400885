package dev.berth.scheduler.core;

import java.util.List;

/** What a cycle may do, one after the other. */
public enum Action {
    /** Give free room to who waits. */
    ALLOCATE,
    /** Move what may be moved closer together, so that a waiting gang fits. Nothing is ended for good. */
    CONSOLIDATE,
    /** Take from queues above their share what a queue below its share waits for. */
    RECLAIM,
    /** End work of lower priority for work of higher priority in the same queue. */
    PREEMPT,
    /** End what is left of a gang that has been below its minimum for too long. */
    EVICT_STALE_GANGS;

    /** All of them, in the usual order. */
    public static final List<Action> ALL = List.of(values());
}
