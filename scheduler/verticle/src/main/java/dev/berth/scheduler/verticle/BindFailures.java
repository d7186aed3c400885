package dev.berth.scheduler.verticle;

import dev.berth.model.Explanation;
import java.util.HashMap;
import java.util.Map;

/** Tells a waiting group also why the last binding of one of its pods did not come about. */
final class BindFailures {
    private BindFailures() {}

    static Map<String, Explanation> add(Map<String, Explanation> waiting, Map<String, String> failures) {
        if (failures.isEmpty()) {
            return waiting;
        }
        Map<String, Explanation> all = new HashMap<>(waiting);
        failures.forEach((group, why) -> all.computeIfPresent(
                group,
                (id, one) -> new Explanation(
                        one.reason(),
                        one.sentence() + " The last try to bind failed: " + why,
                        one.checks(),
                        one.position(),
                        one.waiting(),
                        one.changes())));
        return all;
    }
}
