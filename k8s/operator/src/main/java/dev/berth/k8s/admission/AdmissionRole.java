package dev.berth.k8s.admission;

import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Answers the API server of one cluster about what enters the namespaces of projects. */
public final class AdmissionRole implements Role<AdmissionConfig> {
    @Override
    public String name() {
        return "admission";
    }

    @Override
    public String description() {
        return "Fills in what projects decide about pods, and refuses what can never run or breaks policy.";
    }

    @Override
    public Class<AdmissionConfig> config() {
        return AdmissionConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator");
    }

    @Override
    public List<Deployment> deployments(AdmissionConfig config, RoleContext context) {
        return List.of(Deployment.of(
                "webhook",
                () -> new AdmissionVerticle(
                        config, context, () -> Clusters.open(config.cluster(), config.kubeconfig(), context))));
    }
}
