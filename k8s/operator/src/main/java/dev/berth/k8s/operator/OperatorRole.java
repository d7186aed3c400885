package dev.berth.k8s.operator;

import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Makes pods of workloads in one cluster, and tells what became of them. */
public final class OperatorRole implements Role<OperatorConfig> {
    @Override
    public String name() {
        return "operator";
    }

    @Override
    public String description() {
        return "Makes of each Workload its PodGroup and pods, and keeps the Workload's status true.";
    }

    @Override
    public Class<OperatorConfig> config() {
        return OperatorConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator");
    }

    @Override
    public List<Deployment> deployments(OperatorConfig config, RoleContext context) {
        return List.of(Deployment.of(
                "workload-reconciler",
                () -> new OperatorVerticle(
                        config, context, () -> Clusters.open(config.cluster(), config.kubeconfig(), context))));
    }
}
