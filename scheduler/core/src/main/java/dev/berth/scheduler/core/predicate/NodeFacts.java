package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Map;

/**
 * A node, as far as it decides which pods it may hold.
 *
 * @param taints including those of a node that is not ready, whether or not the cluster has written them already
 * @param cordoned whether it takes no new pods
 * @param allocatable by resource: thousandths of a core of {@code cpu}, else as Kubernetes counts; what is missing is zero
 * @param attachable volumes that each driver can attach at most; no limit for drivers that are missing
 * @param attached volumes that are attached now, used or not: unique name to driver
 */
public record NodeFacts(
        String name,
        Map<String, String> labels,
        List<Taint> taints,
        boolean cordoned,
        Map<String, Long> allocatable,
        Map<String, Long> attachable,
        Map<String, String> attached) {
    public NodeFacts {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        allocatable = Map.copyOf(allocatable);
        attachable = Map.copyOf(attachable);
        attached = Map.copyOf(attached);
    }
}
