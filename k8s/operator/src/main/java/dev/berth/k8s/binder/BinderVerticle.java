package dev.berth.k8s.binder;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Leadership;
import dev.berth.runtime.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The binder's life: works only while it holds the lease, as two binders could release what the other is binding to. */
final class BinderVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BinderVerticle.class);
    private static final String LEASE = "berth-binder";

    private final BinderConfig config;
    private final RoleContext role;
    private final Supplier<Future<Cluster>> open;
    private final BinderMeters meters;
    private @Nullable Cluster cluster;
    private @Nullable Leadership leadership;
    private @Nullable BinderTerm term;

    BinderVerticle(BinderConfig config, RoleContext role, Supplier<Future<Cluster>> open) {
        this.config = config;
        this.role = role;
        this.open = open;
        this.meters = new BinderMeters(config.cluster(), role.meters().registry());
    }

    @Override
    public Future<?> start() {
        return open.get().onSuccess(opened -> {
            cluster = opened;
            Leadership own = new Leadership(
                    vertx,
                    opened,
                    meters.registry().config().clock(),
                    new Leadership.Holder(LEASE, role.instance() + "-" + deploymentID(), config.leaseSeconds()),
                    held -> leadershipChanged(opened, held));
            leadership = own;
            own.start();
        });
    }

    @Override
    public Future<?> stop() {
        endTerm();
        Leadership own = leadership;
        Cluster opened = cluster;
        return (own == null ? Future.<Void>succeededFuture() : own.stop())
                .compose(done -> opened == null ? Future.succeededFuture() : opened.close());
    }

    private void leadershipChanged(Cluster opened, boolean held) {
        endTerm();
        LOG.info("cluster={} {}", config.cluster(), held ? "this binder works now" : "standing by");
        if (held) {
            BinderTerm next = new BinderTerm(config, role, opened, meters, this::held);
            term = next;
            next.begin();
        }
    }

    private boolean held() {
        Leadership own = leadership;
        return own != null && own.held();
    }

    private void endTerm() {
        BinderTerm now = term;
        term = null;
        if (now != null) {
            now.end();
        }
    }
}
