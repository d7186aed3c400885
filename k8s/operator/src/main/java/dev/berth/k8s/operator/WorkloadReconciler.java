package dev.berth.k8s.operator;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.work.Backoff;
import dev.berth.k8s.work.KeyQueue;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes of each Workload its PodGroup and pods, and of what became of them the Workload's status. Holds no truth of its
 * own: after a restart the watches tell everything again, and each step is one that may be repeated.
 */
final class WorkloadReconciler {
    private final OperatorConfig config;
    private final RoleContext role;
    private final Cluster cluster;
    private final OperatorMeters meters;
    private final WorkloadBook book = new WorkloadBook(this::touched);
    private final KeyQueue steps;
    private final StatusWriter statuses;
    private final PlanExecutor executor;
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<Class<?>> untold = new HashSet<>(Set.of(Workload.class, PodGroup.class, Pod.class));
    private long resync = -1;

    WorkloadReconciler(OperatorConfig config, RoleContext role, Cluster cluster) {
        this.config = config;
        this.role = role;
        this.cluster = cluster;
        this.meters = new OperatorMeters(cluster.name(), role.meters().registry());
        Backoff backoff = new Backoff(config.retryMillis(), config.maxRetryMillis());
        this.executor = new PlanExecutor(cluster, meters);
        this.steps = new KeyQueue(role.vertx(), config.concurrency(), backoff, this::step, meters::stepFailed);
        this.statuses = new StatusWriter(
                role.vertx(),
                cluster,
                book,
                role.clock(),
                new StatusWriter.Pace(config.statusMillis(), config.concurrency(), backoff, meters));
    }

    /** Opens the watches; work begins when each of them told all there is. */
    void start() {
        role.health().notReady(role.instance() + ".watches", "the cluster has not told yet what there is");
        meters.watch(book::size, steps::size);
        watches.add(watch(Workload.class, book::workloads));
        watches.add(watch(PodGroup.class, book::groups));
        watches.add(watch(Pod.class, book::pods));
        resync = role.vertx().setPeriodic(config.resyncMillis(), ignored -> lookAgain());
    }

    void stop() {
        role.vertx().cancelTimer(resync);
        watches.forEach(Cluster.Watching::close);
        steps.close();
        statuses.close();
        meters.close();
        role.health().forget(role.instance() + ".watches");
    }

    private <T extends HasMetadata> Cluster.Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        return cluster.watch(type, change -> {
            listener.accept(change);
            if (untold.remove(type) && untold.isEmpty()) {
                begin();
            }
        });
    }

    private void begin() {
        role.health().ready(role.instance() + ".watches");
        statuses.open();
        book.keys().forEach(this::touched);
    }

    private void touched(ObjectKey key) {
        if (untold.isEmpty()) {
            steps.add(key);
            statuses.touched(key);
        }
    }

    /** One step of one workload; asks again while a step was as large as a step may be. */
    private Future<Void> step(ObjectKey key) {
        Tracked tracked = book.find(key);
        if (tracked == null) {
            return Future.succeededFuture();
        }
        book.forgetIfEmpty(key);
        Plan plan = Plan.of(tracked);
        if (plan.isNothing()) {
            return Future.succeededFuture();
        }
        String refusalBefore = tracked.refusal;
        return executor.carryOut(plan, tracked).onComplete(done -> {
            if (!refusalBefore.equals(tracked.refusal)) {
                statuses.touched(key);
            }
            if (done.succeeded() && plan.isFull()) {
                steps.add(key);
            }
        });
    }

    /** The net under everything that may get lost on the way: a change that nobody told, an answer that never came. */
    private void lookAgain() {
        book.keys().forEach(key -> {
            Tracked tracked = book.find(key);
            if (tracked != null) {
                tracked.settling.clear();
                touched(key);
            }
        });
    }
}
