package dev.berth.api.server.usecase;

import dev.berth.api.server.store.WorkloadRow;
import dev.berth.model.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of one submission: the workload, or the refusal. */
public record Outcome(
        @Nullable WorkloadRow workload, @Nullable Refusal refusal) {
    static Outcome accepted(WorkloadRow workload) {
        return new Outcome(workload, null);
    }

    static Outcome refused(Refusal refusal) {
        return new Outcome(null, refusal);
    }
}
