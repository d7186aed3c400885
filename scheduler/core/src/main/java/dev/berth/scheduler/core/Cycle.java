package dev.berth.scheduler.core;

import java.util.List;
import java.util.Map;

/**
 * Decides. What a cycle remembers from one run to the next is only what it has worked out about states of nodes: it saves
 * time and never changes a decision. One thread at a time; another thread takes another cycle.
 */
public final class Cycle {
    /** Runs from the start of a sweep. */
    public CycleReport run(Snapshot snapshot, Policy policy) {
        return run(snapshot, policy, Cursor.START);
    }

    /** Goes on where the last cycle's report says. */
    public CycleReport run(Snapshot snapshot, Policy policy, Cursor from) {
        return new CycleReport(List.of(), List.of(), Map.of(), 0, Cursor.START);
    }
}
