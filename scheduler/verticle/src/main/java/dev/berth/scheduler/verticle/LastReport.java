package dev.berth.scheduler.verticle;

import dev.berth.model.Explanation;
import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.CycleReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the last cycle said, for whoever asks between two cycles. Asking never starts one. */
final class LastReport {
    private CycleReport report = new CycleReport(List.of(), List.of(), Map.of(), 0, Cursor.START);
    private long cycle;

    void put(CycleReport newest) {
        report = newest;
        cycle++;
    }

    /** Number of the cycle, from 1. */
    long cycle() {
        return cycle;
    }

    int waiting() {
        return report.explanations().size();
    }

    /** Why the group waits; empty when it does not, or is not known. */
    Optional<Explanation> explain(String group) {
        return Optional.ofNullable(report.explanations().get(group));
    }
}
