package dev.berth.scheduler.core.cycle;

import dev.berth.model.Explanation.Change;
import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.queue.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the smallest changes that would start a waiting group. A change is named only when the core, run on the changed
 * snapshot, starts the group. Costs one cycle, and one more for each change that looks promising: {@value #MAX_RUNS} at most.
 */
public final class Counterfactuals {
    private static final int MAX_RUNS = 10;
    private final Cycle cycle;

    /** The cycle must not be in use by another thread. */
    public Counterfactuals(Cycle cycle) {
        this.cycle = cycle;
    }

    /** Changes that start the group, smallest first; none when it does not wait or nothing within bounds starts it. */
    public List<Change> of(Snapshot snapshot, Policy policy, String groupId) {
        List<Change> changes = new ArrayList<>();
        for (Edit edit : promising(snapshot, policy, groupId)) {
            if (starts(edit.apply().apply(snapshot), policy, groupId)) {
                changes.add(edit.change());
            }
        }
        return changes;
    }

    private List<Edit> promising(Snapshot snapshot, Policy policy, String groupId) {
        Decision decision = cycle.decide(snapshot, policy, Cursor.START);
        Session session = decision.sessionOf(groupId);
        if (session == null) {
            return List.of();
        }
        for (Job waiting : session.waiting) {
            if (waiting.gang.group().id().equals(groupId) && !waiting.isDone()) {
                List<Edit> edits = new Edits(decision, session, waiting).guess();
                return edits.subList(0, Math.min(MAX_RUNS, edits.size()));
            }
        }
        return List.of();
    }

    private boolean starts(Snapshot changed, Policy policy, String groupId) {
        return cycle.decide(changed, policy, Cursor.START).starts(groupId);
    }
}
