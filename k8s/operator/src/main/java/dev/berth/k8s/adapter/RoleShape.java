package dev.berth.k8s.adapter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an object wants of one role, or of one instance of it.
 *
 * @param role name of the role
 * @param instance name of the instance; empty where the role has none
 * @param replicas wanted, 0 to 100000
 * @param podsPer pods of each replica
 * @param min replicas with which it can work
 * @param max replicas to which it may grow
 * @param counted whether it counts towards the gang now
 */
public record RoleShape(String role, String instance, int replicas, int podsPer, int min, int max, boolean counted) {
    static final List<String> NUMBERS =
            List.of("replicas", "min", "max", "podsPer", "created", "scheduled", "ready", "succeeded", "failed");

    /** Name of its sub-group. */
    public String name() {
        return instance.isEmpty() ? role : instance;
    }

    public int pods() {
        return bounded((long) replicas * podsPer);
    }

    public int minPods() {
        return bounded((long) min * podsPer);
    }

    public int maxPods() {
        return bounded((long) max * podsPer);
    }

    RoleShape counted(boolean now) {
        return new RoleShape(role, instance, replicas, podsPer, min, max, now);
    }

    /** As an element of the variable {@code roles}. */
    Map<String, Object> variable(RoleCount count) {
        Map<String, Object> variable = new LinkedHashMap<>();
        variable.put("role", role);
        variable.put("instance", instance);
        variable.put("replicas", (long) replicas);
        variable.put("min", (long) min);
        variable.put("max", (long) max);
        variable.put("podsPer", (long) podsPer);
        variable.put("created", (long) count.created());
        variable.put("scheduled", (long) count.scheduled());
        variable.put("ready", (long) count.ready());
        variable.put("succeeded", (long) count.succeeded());
        variable.put("failed", (long) count.failed());
        return variable;
    }

    private static int bounded(long pods) {
        return (int) Math.min(Adapter.MAX_PODS, pods);
    }
}
