package dev.berth.k8s.operator;

import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reconcilers' life: opens the cluster, starts, and gives the cluster back at the end. */
final class OperatorVerticle extends VerticleBase {
    private final OperatorConfig config;
    private final RoleContext role;
    private final Supplier<Future<Cluster>> open;
    private @Nullable Cluster cluster;
    private @Nullable WorkloadReconciler reconciler;
    private @Nullable ProjectUpkeep projects;

    OperatorVerticle(OperatorConfig config, RoleContext role, Supplier<Future<Cluster>> open) {
        this.config = config;
        this.role = role;
        this.open = open;
    }

    /** Is up before the cluster told what there is: an API server that is away makes the role unready, not the start fail. */
    @Override
    public Future<?> start() {
        return open.get().onSuccess(opened -> {
            cluster = opened;
            WorkloadReconciler own = new WorkloadReconciler(config, role, opened);
            reconciler = own;
            own.start();
            ProjectUpkeep upkeep = new ProjectUpkeep(config, role, opened);
            projects = upkeep;
            upkeep.start();
        });
    }

    @Override
    public Future<?> stop() {
        ProjectUpkeep upkeep = projects;
        if (upkeep != null) {
            upkeep.stop();
        }
        WorkloadReconciler own = reconciler;
        if (own != null) {
            own.stop();
        }
        Cluster opened = cluster;
        return opened == null ? Future.succeededFuture() : opened.close();
    }
}
