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
 * @param shared whether it is no pod's own, so that several may name it
 * @param queue id of the queue that is charged for a shared claim; "" when nobody told
 * @param node where it is allocated; "" while it is not
 * @param holders ids of tasks for which it is reserved
 */
public record DeviceClaim(
        String id, String deviceClass, int count, boolean shared, String queue, String node, Set<String> holders) {
    /** Kubernetes lets no more pods than this share a claim. */
    public static final int MAX_HOLDERS = 256;

    public DeviceClaim {
        holders = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(holders));
    }

    /** Whether devices of the class are GPUs, for quotas: when its name says so. */
    public static boolean isGpu(String deviceClass) {
        return deviceClass.contains("gpu") || deviceClass.contains("mig");
    }

    /** Whether tasks of the queue may use it: shared GPUs are charged to one queue, and nobody else may have them. */
    public boolean mayServe(String user) {
        return !shared || !isGpu(deviceClass) || queue.equals(user);
    }
}
