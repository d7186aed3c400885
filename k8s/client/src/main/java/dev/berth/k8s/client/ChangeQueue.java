package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries changes from a watch's thread to the watcher's context: in order, in batches, and never more than a bound. */
final class ChangeQueue<T extends HasMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeQueue.class);
    private static final int BATCH = 1024;
    private static final int BOUND = 65_536;

    private final Context context;
    private final Consumer<Change<T>> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Change<T>> waiting = new ArrayList<>();
    private boolean scheduled;
    private boolean closed;

    ChangeQueue(Context context, Consumer<Change<T>> listener) {
        this.context = context;
        this.listener = listener;
    }

    /** Forgets what waits and begins again with everything. */
    void reset(List<T> all) {
        lock.lock();
        try {
            waiting = new ArrayList<>();
            waiting.add(new Change.Reset<>(all));
            schedule();
        } finally {
            lock.unlock();
        }
    }

    /** False where the watcher is too far behind: then it must be given everything anew. */
    boolean offer(Change<T> change) {
        lock.lock();
        try {
            if (waiting.size() >= BOUND) {
                return false;
            }
            waiting.add(change);
            schedule();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting = new ArrayList<>();
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        if (!scheduled && !closed) {
            scheduled = true;
            context.runOnContext(turn -> drain());
        }
    }

    private void drain() {
        for (Change<T> change : take()) {
            if (!isClosed()) {
                tell(change);
            }
        }
    }

    private List<Change<T>> take() {
        lock.lock();
        try {
            scheduled = false;
            List<Change<T>> all = waiting;
            int now = Math.min(BATCH, all.size());
            waiting = new ArrayList<>(all.subList(now, all.size()));
            if (!waiting.isEmpty()) {
                schedule();
            }
            return all.subList(0, now);
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** A listener that throws has a bug, but must not lose the changes behind the one that it threw on. */
    private void tell(Change<T> change) {
        try {
            listener.accept(change);
        } catch (RuntimeException bug) {
            LOG.error("A watcher failed on a change and goes on with the next.", bug);
        }
    }
}
