package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Decides where the pods of one cluster go, elected once for each cluster. */
public final class SchedulerRole implements Role<SchedulerConfig> {
    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public String description() {
        return "Binds the waiting pods of one cluster in cycles, and says why the others wait.";
    }

    @Override
    public Class<SchedulerConfig> config() {
        return SchedulerConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator");
    }

    @Override
    public List<Deployment> deployments(SchedulerConfig config, RoleContext context) {
        return List.of(Deployment.of(
                "cycles",
                () -> new SchedulerVerticle(
                        config, context, () -> Clusters.open(config.cluster(), config.kubeconfig(), context))));
    }
}
