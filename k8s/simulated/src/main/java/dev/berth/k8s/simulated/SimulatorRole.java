package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;

/** A simulated cluster on the wall clock, attached by its name for the other roles of the process. */
public final class SimulatorRole implements Role<SimulatorConfig> {
    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public String description() {
        return "Simulates a GPU cluster in memory: nodes, kubelets and API objects.";
    }

    @Override
    public Class<SimulatorConfig> config() {
        return SimulatorConfig.class;
    }

    @Override
    public List<Deployment> deployments(SimulatorConfig config, RoleContext context) {
        WallClock clock = new WallClock(context.vertx(), context.clock());
        SimulatedCluster cluster = new SimulatedCluster(config.cluster(), context.vertx(), clock);
        SimulatedKubelets.start(cluster, KubeletBehaviour.startingAfter(config.startDelayMillis()));
        context.attachments().attach(Cluster.class, config.cluster(), cluster);
        context.attachments().attach(SimulatedCluster.class, config.cluster(), cluster);
        return List.of(
                Deployment.of("simulated-cluster", () -> new SimulatorVerticle(cluster, config.nodes(), context)));
    }
}
