package dev.berth.gateway;

import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Role "gateway": accepts the tunnels of clusters. */
public final class GatewayRole implements Role<GatewayConfig> {
    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String description() {
        return "Accepts the tunnels of clusters: desired state goes down, observed state comes up.";
    }

    @Override
    public Class<GatewayConfig> config() {
        return GatewayConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("store", "api");
    }

    @Override
    public List<Deployment> deployments(GatewayConfig config, RoleContext context) {
        return List.of(Deployment.of("tunnels", () -> new GatewayVerticle(config, context)));
    }
}
