package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Brings the nodes when it starts and takes the cluster away when it stops. */
final class SimulatorVerticle extends VerticleBase {
    private final SimulatedCluster cluster;
    private final String nodes;
    private final RoleContext context;

    SimulatorVerticle(SimulatedCluster cluster, String nodes, RoleContext context) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.context = context;
    }

    @Override
    public Future<?> start() {
        String part = "simulator@" + cluster.name();
        return SimulatedNodes.create(cluster, SimulatedNodes.parse(nodes))
                .onSuccess(created -> context.health().ready(part));
    }

    @Override
    public Future<?> stop() {
        context.health().forget("simulator@" + cluster.name());
        context.attachments().detach(Cluster.class, cluster.name());
        context.attachments().detach(SimulatedCluster.class, cluster.name());
        return cluster.close();
    }
}
