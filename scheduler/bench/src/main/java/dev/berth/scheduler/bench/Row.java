package dev.berth.scheduler.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One measured row.
 *
 * @param value median over the measured runs
 * @param goal null where the figure is only to be seen, then {@code goalMet} is null as well
 * @param allocatedBytes on the heap, in one run
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Row(
        String name,
        int nodes,
        double value,
        String unit,
        @Nullable Double goal,
        @Nullable Boolean goalMet,
        long allocatedBytes,
        String peer) {
    static Row of(Goal goal, double millis, double allocatedBytes) {
        double value = goal.unit().of(millis);
        boolean seenOnly = Double.isInfinite(goal.goal());
        return new Row(
                goal.name(),
                goal.nodes(),
                rounded(value),
                goal.unit().name(),
                seenOnly ? null : goal.goal(),
                seenOnly ? null : goal.met(value),
                Math.round(allocatedBytes),
                goal.peer());
    }

    private static double rounded(double value) {
        return value >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
    }
}
