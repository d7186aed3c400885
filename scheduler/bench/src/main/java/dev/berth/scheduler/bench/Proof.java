package dev.berth.scheduler.bench;

import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Statement;

/** A figure counts only when the work was done: each measured cycle is asked what it decided. */
final class Proof {
    private Proof() {}

    static CycleReport bound(CycleReport report, int expected) {
        return count("bound tasks", report, expected, Statement.Bind.class);
    }

    private static CycleReport count(String what, CycleReport report, int expected, Class<? extends Statement> kind) {
        long seen = report.statements().stream().filter(kind::isInstance).count();
        if (seen != expected) {
            throw new IllegalStateException(
                    "Expected " + expected + " " + what + ", but the cycle decided " + seen + ".");
        }
        return report;
    }
}
