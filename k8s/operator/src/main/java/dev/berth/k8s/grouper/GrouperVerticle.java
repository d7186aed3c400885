package dev.berth.k8s.grouper;

import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The grouper's life: reads the built-in adapters, opens the cluster, starts, and gives the cluster back at the end. */
final class GrouperVerticle extends VerticleBase {
    private final GrouperConfig config;
    private final RoleContext role;
    private final Supplier<Future<Cluster>> open;
    private @Nullable Cluster cluster;
    private @Nullable PodGrouper grouper;

    GrouperVerticle(GrouperConfig config, RoleContext role, Supplier<Future<Cluster>> open) {
        this.config = config;
        this.role = role;
        this.open = open;
    }

    @Override
    public Future<?> start() {
        return open.get().compose(opened -> {
            cluster = opened;
            return AdapterShelf.open(vertx, opened, role.clock()).onSuccess(shelf -> {
                PodGrouper own = new PodGrouper(config, role, opened, shelf);
                grouper = own;
                own.start();
            });
        });
    }

    @Override
    public Future<?> stop() {
        PodGrouper own = grouper;
        if (own != null) {
            own.stop();
        }
        Cluster opened = cluster;
        return opened == null ? Future.succeededFuture() : opened.close();
    }
}
