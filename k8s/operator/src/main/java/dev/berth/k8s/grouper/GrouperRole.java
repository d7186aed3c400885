package dev.berth.k8s.grouper;

import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Groups pods that others made, and shows their owners as workloads. */
public final class GrouperRole implements Role<GrouperConfig> {
    @Override
    public String name() {
        return "grouper";
    }

    @Override
    public String description() {
        return "Groups pods of Jobs, JobSets, Kubeflow, Ray and other kinds, and shows their owners as workloads.";
    }

    @Override
    public Class<GrouperConfig> config() {
        return GrouperConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator");
    }

    @Override
    public List<Deployment> deployments(GrouperConfig config, RoleContext context) {
        return List.of(Deployment.of(
                "pod-grouper",
                () -> new GrouperVerticle(
                        config, context, () -> Clusters.open(config.cluster(), config.kubeconfig(), context))));
    }
}
