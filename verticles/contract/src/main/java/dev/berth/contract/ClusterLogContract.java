package dev.berth.contract;

import dev.berth.model.ClusterId;

/** Doorbell between the API and the gateway that holds a cluster's tunnel. The log itself is in PostgreSQL. */
public final class ClusterLogContract {
    /** The desired log of a cluster has new entries; the gateway polls anyway. */
    public static final Topic<Grew> GREW = Topic.of("berth.api.cluster-log-grew", Grew.class);

    private ClusterLogContract() {}

    public record Grew(ClusterId cluster) {}
}
