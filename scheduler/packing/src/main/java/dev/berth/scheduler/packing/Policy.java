package dev.berth.scheduler.packing;

import org.jspecify.annotations.Nullable;

/** Decides where a pod goes. Work conserving: null only when no node fits. */
public interface Policy {
    @Nullable
    Placement place(Cluster cluster, Pod pod);
}
