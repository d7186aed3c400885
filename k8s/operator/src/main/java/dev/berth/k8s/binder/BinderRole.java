package dev.berth.k8s.binder;

import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Binds the pods of one cluster that need a shared device, a claim or a volume first. */
public final class BinderRole implements Role<BinderConfig> {
    @Override
    public String name() {
        return "binder";
    }

    @Override
    public String description() {
        return "Gives pods their shared devices, claims and volumes as the scheduler decided, and binds them.";
    }

    @Override
    public Class<BinderConfig> config() {
        return BinderConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator");
    }

    @Override
    public List<Deployment> deployments(BinderConfig config, RoleContext context) {
        return List.of(Deployment.of(
                "binder",
                () -> new BinderVerticle(
                        config, context, () -> Clusters.open(config.cluster(), config.kubeconfig(), context))));
    }
}
