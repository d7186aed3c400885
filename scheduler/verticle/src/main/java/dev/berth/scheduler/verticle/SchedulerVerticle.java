package dev.berth.scheduler.verticle;

import dev.berth.contract.SchedulerContract;
import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.RoleContext;
import dev.berth.scheduler.core.CycleReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of one cluster: while it holds the lease it has a {@link Term}, in which cycles run one after the other.
 * Without the lease it watches nothing and writes nothing.
 */
final class SchedulerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerVerticle.class);

    private final SchedulerConfig config;
    private final RoleContext role;
    private final Cluster cluster;
    private final SchedulerMeters meters;
    private final LastReport lastReport = new LastReport();
    private @Nullable Leadership leadership;
    private @Nullable Term term;

    SchedulerVerticle(SchedulerConfig config, RoleContext role, Cluster cluster) {
        this.config = config;
        this.role = role;
        this.cluster = cluster;
        this.meters = new SchedulerMeters(cluster.name(), role.meters().registry());
    }

    @Override
    public Future<?> start() {
        meters.gauge("berth_scheduler_leader_count", "1 while this scheduler holds the lease", this, one -> one.leads() ? 1 : 0);
        meters.gauge("berth_scheduler_waiting_groups", "Groups that wait", lastReport, last -> last.report()
                .explanations()
                .size());
        Leadership.Holder holder = new Leadership.Holder(role.instance() + "-" + deploymentID(), config.leaseSeconds());
        Leadership own = new Leadership(
                vertx, cluster, meters.registry().config().clock(), holder, this::leadershipChanged);
        leadership = own;
        own.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        Leadership own = leadership;
        endTerm();
        role.health().forget(part());
        return own == null ? Future.succeededFuture() : own.stop();
    }

    private boolean leads() {
        Term now = term;
        return now != null;
    }

    private void leadershipChanged(boolean held) {
        Leadership own = leadership;
        endTerm();
        if (held && own != null) {
            LOG.info("cluster={} this scheduler leads now", cluster.name());
            Term.Parts parts = new Term.Parts(vertx, cluster, role.clock(), meters, lastReport);
            term = new Term(config, parts, own::held, this::cycleDone);
            role.health().notReady(part(), "the cluster has not told yet what there is");
            term.begin().onSuccess(synced -> role.health().ready(part()));
        } else {
            LOG.info("cluster={} another scheduler leads; this one stands by", cluster.name());
        }
    }

    private void endTerm() {
        Term now = term;
        term = null;
        if (now != null) {
            now.end();
            role.health().ready(part());
        }
    }

    private void cycleDone(CycleReport report, long micros) {
        role.bus().publish(
                        SchedulerContract.CYCLE_DONE.at(cluster.name()),
                        new SchedulerContract.CycleDone(
                                cluster.name(),
                                lastReport.cycle(),
                                Decided.binds(report),
                                report.explanations().size(),
                                report.steps(),
                                micros));
    }

    private String part() {
        return role.instance() + ".watches";
    }
}
