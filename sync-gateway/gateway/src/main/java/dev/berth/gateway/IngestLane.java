package dev.berth.gateway;

import dev.berth.gateway.TunnelStore.Held;
import dev.berth.gateway.TunnelStore.Written;
import dev.berth.tunnel.ObservedBatch;
import dev.berth.tunnel.v1.Item;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of one connection on their way to their commit, in order, one transaction at a time. While one runs the next
 * gathers; an idle lane waits a moment for company. What can gather is bounded by the credit of the stream. Other
 * clusters of the tenant may share the transaction: {@link TenantCommits}.
 */
final class IngestLane {
    private static final Logger LOG = LoggerFactory.getLogger(IngestLane.class);
    static final int COMMIT_OBJECTS = 500;
    static final long GATHER_MILLIS = 10;

    /** Told what became of the reports. */
    interface Outcome {
        void committed(List<ObservedBatch> batches, Written written);

        void fenced();

        void failed(Throwable failure);
    }

    private final Gatehouse house;
    private final Held held;
    private final TenantCommits commits;
    private final Outcome outcome;
    private final ArrayDeque<ObservedBatch> queue = new ArrayDeque<>();
    private int queuedObjects;
    private boolean waiting;
    private boolean committing;
    private boolean stopped;

    IngestLane(Gatehouse house, Held held, TenantCommits commits, Outcome outcome) {
        this.house = house;
        this.held = held;
        this.commits = commits;
        this.outcome = outcome;
    }

    void add(ObservedBatch batch) {
        queue.add(batch);
        queuedObjects += batch.items().size();
        if (committing || stopped) {
            return;
        }
        if (queuedObjects >= COMMIT_OBJECTS) {
            commitNext();
        } else if (!waiting) {
            waiting = true;
            house.vertx().setTimer(GATHER_MILLIS, timer -> {
                waiting = false;
                commitNext();
            });
        }
    }

    /** Nothing more is begun; what is under way ends as it may. */
    void stop() {
        stopped = true;
        queue.clear();
    }

    private void commitNext() {
        if (committing || stopped || queue.isEmpty()) {
            return;
        }
        committing = true;
        List<ObservedBatch> batches = nextBatches();
        long last = batches.get(batches.size() - 1).upTo();
        List<Item> items = new ArrayList<>();
        batches.forEach(batch -> items.addAll(batch.items()));
        queuedObjects -= items.size();
        long start = house.now();
        Future<Optional<Written>> commit =
                batches.get(0).endsSnapshot() ? house.store().endSnapshot(held, last) : commit(last, items);
        commit.onComplete(
                written -> {
                    house.meters().committed(items.size(), house.now() - start);
                    done(batches, written);
                },
                failure -> {
                    stop();
                    outcome.failed(failure);
                });
    }

    private void done(List<ObservedBatch> batches, Optional<Written> written) {
        committing = false;
        if (written.isEmpty()) {
            stop();
            outcome.fenced();
            return;
        }
        outcome.committed(batches, written.get());
        commitNext();
    }

    /** As many as fit into one commit, at least one; the end of a snapshot is a commit of its own. */
    private List<ObservedBatch> nextBatches() {
        List<ObservedBatch> batches = new ArrayList<>();
        int objects = 0;
        for (ObservedBatch next = queue.peek(); next != null; next = queue.peek()) {
            boolean alone = next.endsSnapshot();
            if (!batches.isEmpty() && (alone || objects + next.items().size() > COMMIT_OBJECTS)) {
                break;
            }
            batches.add(queue.remove());
            objects += next.items().size();
            if (alone) {
                break;
            }
        }
        return batches;
    }

    /** A batch that the store refuses is halved until the object that it refuses stands alone and is left out. */
    private Future<Optional<Written>> commit(long last, List<Item> items) {
        return commits.ingest(held, last, items).recover(failure -> {
            if (items.isEmpty() || !isAboutData(failure)) {
                return Future.failedFuture(failure);
            }
            if (items.size() == 1) {
                house.meters().rejected.increment();
                LOG.warn(
                        "cluster={} kind={} could not be stored and is left out: {}",
                        held.cluster(),
                        items.get(0).getKind(),
                        failure.getMessage());
                return commit(last, List.of());
            }
            List<Item> head = items.subList(0, items.size() / 2);
            List<Item> tail = items.subList(items.size() / 2, items.size());
            return commit(head.get(head.size() - 1).getSeq(), head)
                    .compose(written -> written.isEmpty() ? Future.succeededFuture(written) : commit(last, tail));
        });
    }

    private static boolean isAboutData(Throwable failure) {
        if (!(failure instanceof PgException refused)) {
            return false;
        }
        String state = refused.getSqlState();
        return state.startsWith("21") || state.startsWith("22") || state.startsWith("23");
    }
}
