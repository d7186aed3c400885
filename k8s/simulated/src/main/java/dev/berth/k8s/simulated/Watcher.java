package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch: a bounded queue that is emptied in batches on the watcher's context. When the queue is full it is thrown
 * away and the watcher is told everything anew, as an API server does with a watcher that is too slow.
 */
final class Watcher<T extends HasMetadata> implements Cluster.Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    /** Changes that are told in one turn of the event loop at most. */
    private static final int BATCH = 1024;

    private final Table<T> table;
    private final ReentrantLock lock;
    private final Context context;
    private final Consumer<Change<T>> listener;
    private final int bound;
    private List<Change<T>> queue = new ArrayList<>();
    private boolean reset = true;
    private boolean scheduled;
    private volatile boolean closed;

    Watcher(Table<T> table, ReentrantLock lock, Context context, int bound, Consumer<Change<T>> listener) {
        this.table = table;
        this.lock = lock;
        this.context = context;
        this.bound = bound;
        this.listener = listener;
    }

    /** Begins with a reset. Called under the lock. */
    void start() {
        table.add(this);
        schedule();
    }

    /** Called under the lock. */
    void offer(Change<T> change) {
        if (reset) {
            return; // The reset that is to come will hold it.
        }
        if (queue.size() >= bound) {
            restart();
            return;
        }
        queue.add(change);
        schedule();
    }

    /** Forgets what waits and tells everything anew. Called under the lock. */
    void restart() {
        queue = new ArrayList<>();
        reset = true;
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> drain());
        }
    }

    private void drain() {
        List<Change<T>> batch = take();
        for (Change<T> change : batch) {
            if (closed) {
                return;
            }
            tell(change);
        }
    }

    /** A listener that throws has a bug, but must not lose the changes behind the one that it threw on. */
    private void tell(Change<T> change) {
        try {
            listener.accept(change);
        } catch (RuntimeException bug) {
            LOG.error(
                    "A watcher of {} failed on a change and goes on with the next.",
                    table.type().getSimpleName(),
                    bug);
        }
    }

    private List<Change<T>> take() {
        lock.lock();
        try {
            scheduled = false;
            if (reset) {
                reset = false;
                return List.of(new Change.Reset<>(table.all()));
            }
            List<Change<T>> all = queue;
            if (all.size() <= BATCH) {
                queue = new ArrayList<>();
                return all;
            }
            queue = new ArrayList<>(all.subList(BATCH, all.size()));
            schedule();
            return all.subList(0, BATCH);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            table.remove(this);
        } finally {
            lock.unlock();
        }
    }
}
