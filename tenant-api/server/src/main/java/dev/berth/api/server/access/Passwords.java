package dev.berth.api.server.access;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Hashes and checks passwords on two threads of their own; when too many wait, the next is turned away. */
public final class Passwords {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 32;

    private final WorkerExecutor workers;
    private final Future<String> decoy;
    private int waiting;

    public Passwords(Vertx vertx) {
        workers = vertx.createSharedWorkerExecutor("berth-passwords", THREADS);
        decoy = hash("nobody has this password");
    }

    public Future<String> hash(String password) {
        return run(() -> PasswordHash.of(password));
    }

    /** Takes as long for a user that does not exist (null) as for one that does. */
    public Future<Boolean> matches(String password, @Nullable String stored) {
        return decoy.compose(other -> run(() -> {
            boolean same = PasswordHash.matches(password, stored == null ? other : stored);
            return same && stored != null;
        }));
    }

    public Future<Void> close() {
        return workers.close();
    }

    private <T> Future<T> run(Callable<T> work) {
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(new Refused(new Refusal.Busy("Too many sign-ins at once.", 2)));
        }
        waiting++;
        return workers.executeBlocking(work, false).onComplete(done -> waiting--);
    }
}
