package dev.berth.agent;

import dev.berth.agent.AppliedObjects.Applied;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.tunnel.DesiredBatch;
import dev.berth.tunnel.ObjectRef;
import dev.berth.tunnel.v1.Item;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what comes down the tunnel, batch after batch. Inside a batch, what others depend on is written one by one in the
 * order of the log; workloads between them go side by side. What waits is bounded by the credit of the stream.
 */
final class DesiredApplier {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredApplier.class);
    private static final int SIDE_BY_SIDE = 64;
    private static final int HELD_AT_LEAST = 10;
    private static final int HELD_PERCENT = 20;

    /** A batch, and whom to tell when it is written. */
    private record Work(DesiredBatch batch, Consumer<DesiredBatch> done) {}

    private final DesiredWriter writer;
    private final AppliedObjects applied;
    private final ArrayDeque<Work> queue = new ArrayDeque<>();
    private final Set<ObjectRef> named = new HashSet<>();
    private boolean working;
    private boolean stopped;

    DesiredApplier(DesiredWriter writer, AppliedObjects applied) {
        this.writer = writer;
        this.applied = applied;
    }

    void submit(DesiredBatch batch, Consumer<DesiredBatch> done) {
        queue.add(new Work(batch, done));
        next();
    }

    /** The connection is gone: what was not begun will come again. */
    void forgetQueued() {
        queue.clear();
    }

    void stop() {
        stopped = true;
        queue.clear();
    }

    private void next() {
        if (working || stopped) {
            return;
        }
        Work work = queue.poll();
        if (work == null) {
            return;
        }
        working = true;
        write(work.batch).onComplete(written -> {
            working = false;
            if (written.succeeded()) {
                work.done.accept(work.batch);
            } else {
                LOG.error("A batch of desired state was not written", written.cause());
            }
            next();
        });
    }

    private Future<Void> write(DesiredBatch batch) {
        switch (batch.part()) {
            case SNAP_BEGIN -> named.clear();
            case SNAP_PAGE -> batch.items().forEach(item -> named.add(ref(item)));
            case SNAP_END -> {
                return removeOthers();
            }
            case DELTA -> {}
        }
        return writeFrom(batch, 0);
    }

    private Future<Void> writeFrom(DesiredBatch batch, int from) {
        List<Item> items = batch.items();
        if (from == items.size()) {
            return Future.succeededFuture();
        }
        int to = from + 1;
        if (!DesiredKinds.first(items.get(from).getKind())) {
            while (to < items.size()
                    && to - from < SIDE_BY_SIDE
                    && !DesiredKinds.first(items.get(to).getKind())) {
                to++;
            }
        }
        List<Future<Void>> writes = new ArrayList<>();
        for (Item item : items.subList(from, to)) {
            Applied known = applied.of(ref(item));
            if (known == null || !known.covers(batch.storeId(), item.getSeq())) {
                writes.add(writer.write(item, batch.storeId()));
            }
        }
        int rest = to;
        return Future.all(writes).compose(done -> writeFrom(batch, rest));
    }

    /**
     * Objects that a snapshot does not name are gone from the control plane. Too many at once is more likely a mistake
     * there than a wish, so it is held until somebody has looked.
     */
    private Future<Void> removeOthers() {
        List<ObjectRef> others = applied.others(named);
        int most = Math.max(HELD_AT_LEAST, applied.size() * HELD_PERCENT / 100);
        boolean empty = named.isEmpty() && !others.isEmpty();
        named.clear();
        if (others.size() > most || empty) {
            LOG.error(
                    "MASS_DELETE_HELD: a snapshot names none of {} of {} objects; they stay. Delete them by hand if that is"
                            + " meant.",
                    others.size(),
                    applied.size());
            return Future.succeededFuture();
        }
        List<Future<Void>> removals = new ArrayList<>();
        for (ObjectRef ref : others) {
            Applied known = applied.of(ref);
            if (known != null) {
                ObjectKey key = known.key();
                removals.add(writer.remove(ref, key));
            }
        }
        return Future.all(removals).mapEmpty();
    }

    static ObjectRef ref(Item item) {
        return new ObjectRef(item.getKind(), item.getUid());
    }
}
