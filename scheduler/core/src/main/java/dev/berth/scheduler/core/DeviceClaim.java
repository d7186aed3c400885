package dev.berth.scheduler.core;

import java.util.Set;
import java.util.TreeSet;

/**
 * A claim for devices that Kubernetes allocates dynamically (DRA). All tasks that name one claim share its devices, so they
 * are on one node.
 *
 * @param id unique in the cluster, such as namespace/name
 * @param deviceClass what kind of devices
 * @param count how many
 * @param queue id of the queue that is charged for a shared claim; "" when nobody told
 * @param node where it is allocated; "" while it is not
 * @param holders ids of tasks for which it is reserved
 */
public record DeviceClaim(String id, String deviceClass, int count, String queue, String node, Set<String> holders) {
    /** Kubernetes lets no more pods than this share a claim. */
    public static final int MAX_HOLDERS = 256;

    public DeviceClaim {
        holders = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(holders));
    }
}
