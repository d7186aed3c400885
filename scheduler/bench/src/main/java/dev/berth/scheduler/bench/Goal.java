package dev.berth.scheduler.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * One row to be.
 *
 * @param name what is done
 * @param nodes in a cluster of this many
 * @param benchmark class and method that measure it
 * @param parameters of the benchmark; those that it does not have are ignored
 * @param goal in the unit; times should be below, rates above; infinite: only to be seen
 * @param peer published figures of others
 */
record Goal(
        String name, int nodes, String benchmark, Map<String, String> parameters, Unit unit, double goal, String peer) {
    Goal {
        parameters = Map.copyOf(parameters);
    }

    Goal with(String parameter, int value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, Integer.toString(value));
        return new Goal(name, nodes, benchmark, more, unit, goal, peer);
    }

    Goal beside(String figures) {
        return new Goal(name, nodes, benchmark, parameters, unit, goal, figures);
    }

    boolean met(double value) {
        return unit.moreIsBetter() ? value >= goal : value <= goal;
    }
}
