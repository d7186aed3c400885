package dev.berth.scheduler.verticle;

import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Statement;
import io.micrometer.core.instrument.Clock;
import java.util.function.Supplier;

/** A report, and how long it took to come to it. */
record Decided(CycleReport report, long nanos) {
    static Decided by(Clock stopwatch, Supplier<CycleReport> decision) {
        long start = stopwatch.monotonicTime();
        CycleReport report = decision.get();
        return new Decided(report, stopwatch.monotonicTime() - start);
    }

    static int binds(CycleReport report) {
        int binds = 0;
        for (Statement statement : report.statements()) {
            binds += statement.match(bind -> 1, pipeline -> 0, evict -> 0);
        }
        return binds;
    }
}
