package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waiting on a test's own thread, always with an end. */
final class Waiting {
    private static final long SECONDS = 30;

    private Waiting() {}

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The refusal that the future fails with. */
    static Refusal refusal(Future<?> future) {
        try {
            Object answer = future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("Expected a refusal, but got " + answer);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Refused refused) {
                return refused.refusal();
            }
            throw new AssertionError("Expected a refusal, but got " + failed.getCause(), failed);
        } catch (InterruptedException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Keeps what a watch told until a test takes it. */
    static final class Told<T extends HasMetadata> implements Consumer<Change<T>> {
        private final BlockingQueue<Change<T>> changes = new LinkedBlockingQueue<>();

        @Override
        public void accept(Change<T> change) {
            changes.add(change);
        }

        Change<T> next() {
            try {
                Change<T> next = changes.poll(SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("Expected a change within " + SECONDS + " s, but none came.");
                }
                return next;
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }

        Change.Reset<T> reset() {
            return (Change.Reset<T>) next();
        }

        T upserted() {
            return ((Change.Upserted<T>) next()).object();
        }

        T deleted() {
            return ((Change.Deleted<T>) next()).object();
        }

        /** Skips what does not fit. */
        T upsertedUntil(Predicate<T> fits) {
            for (T object = upserted(); ; object = upserted()) {
                if (fits.test(object)) {
                    return object;
                }
            }
        }

        boolean isEmpty() {
            return changes.isEmpty();
        }
    }
}
