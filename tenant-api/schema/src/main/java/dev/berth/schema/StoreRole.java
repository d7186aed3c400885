package dev.berth.schema;

import dev.berth.runtime.Deployment;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleContext;
import java.util.List;

/** Role "store": the database, migrated, before anybody asks it. */
public final class StoreRole implements Role<StoreConfig> {
    @Override
    public String name() {
        return "store";
    }

    @Override
    public String description() {
        return "Starts the embedded PostgreSQL, or takes an external one, and brings its schema to the present.";
    }

    @Override
    public Class<StoreConfig> config() {
        return StoreConfig.class;
    }

    @Override
    public List<Deployment> deployments(StoreConfig config, RoleContext context) {
        return List.of(
                Deployment.of("store", () -> new StoreVerticle(config, context.attachments(), context.health())));
    }
}
