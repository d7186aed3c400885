package dev.berth.gateway;

import dev.berth.gateway.TunnelStore.Held;
import dev.berth.gateway.TunnelStore.Written;
import dev.berth.tunnel.v1.Item;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commits of one tenant's clusters. They wait for each other in the store anyway, at the tenant's row, so those that come
 * while one runs share the next. Another tenant's commits go beside them.
 */
final class TenantCommits {
    static final int COMMIT_CLUSTERS = 128;

    /** Reports of one cluster, and who waits for them. */
    record Piece(Held held, long last, List<Item> items, Promise<Optional<Written>> done) {}

    private final TunnelStore store;
    private final ArrayDeque<Piece> queue = new ArrayDeque<>();
    private boolean committing;

    TenantCommits(TunnelStore store) {
        this.store = store;
    }

    /** As {@link TunnelStore#ingest}; at most one piece of a cluster may be under way. */
    Future<Optional<Written>> ingest(Held held, long last, List<Item> items) {
        Promise<Optional<Written>> done = Promise.promise();
        queue.add(new Piece(held, last, items, done));
        commitNext();
        return done.future();
    }

    private void commitNext() {
        if (committing || queue.isEmpty()) {
            return;
        }
        committing = true;
        List<Piece> pieces = nextPieces();
        Future<Void> over = pieces.size() == 1 ? alone(pieces.get(0)) : together(pieces);
        over.onComplete(done -> {
            committing = false;
            commitNext();
        });
    }

    private List<Piece> nextPieces() {
        List<Piece> pieces = new ArrayList<>();
        int objects = 0;
        while (pieces.size() < COMMIT_CLUSTERS && !queue.isEmpty()) {
            objects += queue.element().items().size();
            if (!pieces.isEmpty() && objects > IngestLane.COMMIT_OBJECTS) {
                break;
            }
            pieces.add(queue.remove());
        }
        return pieces;
    }

    private Future<Void> alone(Piece piece) {
        return store.ingest(piece.held, piece.last, piece.items)
                .onComplete(piece.done)
                .transform(done -> Future.succeededFuture());
    }

    /** What cannot be committed together is committed one by one, so that a bad report hurts its own cluster only. */
    private Future<Void> together(List<Piece> pieces) {
        return store.ingest(pieces).transform(written -> {
            if (written.succeeded()) {
                pieces.forEach(piece ->
                        piece.done.complete(Optional.ofNullable(written.result().get(piece.held.cluster()))));
                return Future.succeededFuture();
            }
            Future<Void> each = Future.succeededFuture();
            for (Piece piece : pieces) {
                each = each.compose(before -> alone(piece));
            }
            return each;
        });
    }
}
