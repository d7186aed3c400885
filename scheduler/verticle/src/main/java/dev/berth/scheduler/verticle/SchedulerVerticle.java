package dev.berth.scheduler.verticle;

import dev.berth.contract.SchedulerContract;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.Leadership;
import dev.berth.runtime.RoleContext;
import dev.berth.scheduler.core.CycleReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler of one cluster: while it holds the lease it has a {@link Term}, in which cycles run one after the other.
 * Without the lease it watches nothing and writes nothing.
 */
final class SchedulerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerVerticle.class);

    private static final String LEASE = "berth-scheduler";

    private final SchedulerConfig config;
    private final RoleContext role;
    private final Supplier<Future<Cluster>> open;
    private final SchedulerMeters meters;
    private final LastReport lastReport = new LastReport();
    private @Nullable Cluster cluster;
    private @Nullable Leadership leadership;
    private @Nullable Term term;

    SchedulerVerticle(SchedulerConfig config, RoleContext role, Supplier<Future<Cluster>> open) {
        this.config = config;
        this.role = role;
        this.open = open;
        this.meters = new SchedulerMeters(
                config.cluster(), role.instance(), role.meters().registry());
    }

    @Override
    public Future<?> start() {
        meters.gauge("berth_scheduler_leader_count", "1 while this scheduler leads", this, one -> one.leads() ? 1 : 0);
        meters.gauge("berth_scheduler_waiting_groups", "Groups that wait", lastReport, LastReport::waiting);
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

    /** First no more writes, then the lease for whoever comes next, then the cluster. */
    @Override
    public Future<?> stop() {
        endTerm();
        role.health().forget(part());
        meters.close();
        Leadership own = leadership;
        Cluster opened = cluster;
        return (own == null ? Future.<Void>succeededFuture() : own.stop())
                .compose(done -> opened == null ? Future.succeededFuture() : opened.close());
    }

    private boolean leads() {
        Term now = term;
        return now != null;
    }

    private void leadershipChanged(Cluster opened, boolean held) {
        endTerm();
        LOG.info(
                "cluster={} {}",
                config.cluster(),
                held ? "this scheduler leads now" : "leadership was lost; standing by");
        if (held) {
            Term next = new Term(
                    config,
                    new Term.Parts(
                            vertx,
                            opened,
                            role.clock(),
                            meters,
                            lastReport,
                            config.reserves(Clusters.isAttached(config.cluster(), role))),
                    this::mayWrite,
                    this::cycleDone);
            term = next;
            role.health().notReady(part(), "the cluster has not told yet what there is");
            next.begin().onSuccess(synced -> role.health().ready(part()));
        }
    }

    private boolean mayWrite() {
        Leadership own = leadership;
        return own != null && own.held();
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
        role.bus()
                .publish(
                        SchedulerContract.CYCLE_DONE.at(config.cluster()),
                        new SchedulerContract.CycleDone(
                                config.cluster(),
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
