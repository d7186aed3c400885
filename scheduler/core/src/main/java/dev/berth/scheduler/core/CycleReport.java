package dev.berth.scheduler.core;

import dev.berth.model.Explanation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cycle decided.
 *
 * @param statements in the order in which they were decided; a gang's stand together
 * @param shares by pool, then by queue id
 * @param explanations why each group waits, by group id
 * @param steps deterministic cost
 * @param next where the next cycle goes on; {@link Cursor#START} when this one came to its end
 */
public record CycleReport(
        List<Statement> statements,
        List<QueueShare> shares,
        Map<String, Explanation> explanations,
        long steps,
        Cursor next) {
    public CycleReport {
        statements = List.copyOf(statements);
        shares = List.copyOf(shares);
        explanations = Collections.unmodifiableSortedMap(new TreeMap<>(explanations));
    }
}
