package dev.berth.api.server;

import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;
import java.util.Set;

/** Role "api". */
public final class ApiRole implements Role<ApiConfig> {
    @Override
    public String name() {
        return "api";
    }

    @Override
    public String description() {
        return "Serves REST, gRPC, live streams and the console over the tenants' rows in PostgreSQL.";
    }

    @Override
    public Class<ApiConfig> config() {
        return ApiConfig.class;
    }

    @Override
    public Set<String> after() {
        return Set.of("store");
    }

    @Override
    public List<Deployment> deployments(ApiConfig config, RoleContext context) {
        return List.of(Deployment.of("api", () -> new ApiVerticle(config, context)));
    }
}
