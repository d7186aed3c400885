package dev.berth.agent;

import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Role "agent": the cluster's end of the tunnel. */
public final class AgentRole implements Role<AgentConfig> {
    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String description() {
        return "Dials out from a cluster, writes desired state into it and reports what is observed.";
    }

    @Override
    public Class<AgentConfig> config() {
        return AgentConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("simulator", "gateway");
    }

    @Override
    public List<Deployment> deployments(AgentConfig config, RoleContext context) {
        return List.of(Deployment.of("agent", () -> new AgentVerticle(config, context)));
    }
}
