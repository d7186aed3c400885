package dev.berth.k8s.operator;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.work.Backoff;
import dev.berth.k8s.work.KeyQueue;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Writes what changed of a workload's status: gathers for a moment, computes once, writes only what differs from what the
 * resource says already. A status that is outdated before it was written is never written.
 */
final class StatusWriter {
    private final Vertx vertx;
    private final Cluster cluster;
    private final WorkloadBook book;
    private final InstantSource clock;
    private final long gatherMillis;
    private final KeyQueue queue;
    private final OperatorMeters meters;
    private final Set<ObjectKey> gathered = new LinkedHashSet<>();
    private boolean open;
    private boolean planned;

    StatusWriter(Vertx vertx, Cluster cluster, WorkloadBook book, InstantSource clock, Pace pace) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.book = book;
        this.clock = clock;
        this.gatherMillis = pace.gatherMillis();
        this.meters = pace.meters();
        this.queue = new KeyQueue(vertx, pace.concurrency(), pace.backoff(), this::write, meters::stepFailed);
    }

    /** How fast, how much at a time, and who counts. */
    record Pace(long gatherMillis, int concurrency, Backoff backoff, OperatorMeters meters) {}

    /** Nothing is written before all watches told what there is: half the truth would be taken for a change. */
    void open() {
        open = true;
    }

    void close() {
        open = false;
        gathered.clear();
        queue.close();
    }

    void touched(ObjectKey key) {
        if (open && gathered.add(key) && !planned) {
            planned = true;
            vertx.setTimer(gatherMillis, ignored -> flush());
        }
    }

    private void flush() {
        planned = false;
        gathered.forEach(queue::add);
        gathered.clear();
    }

    private Future<Void> write(ObjectKey key) {
        Tracked tracked = book.find(key);
        Workload workload = tracked == null ? null : tracked.workload;
        if (tracked == null || workload == null) {
            return Future.succeededFuture();
        }
        WorkloadStatus status = ObservedStatus.of(tracked, workload, clock.millis());
        if (status.equals(workload.getStatus())) {
            return Future.succeededFuture();
        }
        meters.statusWritten();
        return cluster.replaceStatus(withStatus(workload, status))
                .onSuccess(book::written)
                .<Void>mapEmpty()
                .recover(StatusWriter::unlessGone);
    }

    private static Workload withStatus(Workload workload, WorkloadStatus status) {
        Workload changed = new Workload();
        changed.setMetadata(new ObjectMetaBuilder(workload.getMetadata()).build());
        changed.setSpec(workload.getSpec());
        changed.setStatus(status);
        return changed;
    }

    private static Future<Void> unlessGone(Throwable failure) {
        boolean gone = failure instanceof Refused refused && refused.refusal() instanceof Refusal.NotFound;
        return gone ? Future.succeededFuture() : Future.failedFuture(failure);
    }
}
