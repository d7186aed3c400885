package dev.berth.api.server.store;

import dev.berth.contract.ChangeContract;
import dev.berth.contract.ClusterLogContract;
import dev.berth.model.ClusterId;
import dev.berth.model.TenantId;
import dev.berth.runtime.Bus;
import java.util.Set;
import java.util.UUID;

/** Tells who may be waiting that a commit happened. May get lost: behind each bell stands a poll. */
public final class Doorbell {
    private final Bus bus;

    public Doorbell(Bus bus) {
        this.bus = bus;
    }

    void ring(UUID tenant, long version, Set<UUID> clusters) {
        bus.publish(ChangeContract.CHANGED, new ChangeContract.Changed(new TenantId(tenant.toString()), version));
        for (UUID cluster : clusters) {
            bus.publish(ClusterLogContract.GREW, new ClusterLogContract.Grew(new ClusterId(cluster.toString())));
        }
    }
}
