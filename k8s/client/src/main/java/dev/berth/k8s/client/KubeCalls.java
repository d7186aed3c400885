package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs fabric8's blocking calls on a bounded pool of workers; results come back on the caller's context. */
final class KubeCalls {
    /** Calls at the API server at once. */
    private static final int WORKERS = 8;
    /** Calls that wait for a worker; one more is refused, so that a slow API server is felt where the work comes from. */
    private static final int MAX_WAITING = 4096;

    private static final long WARN_AFTER_SECONDS = 30;

    private final WorkerExecutor workers;
    private final AtomicInteger open = new AtomicInteger();

    KubeCalls(Vertx vertx, String cluster) {
        workers =
                vertx.createSharedWorkerExecutor("berth-k8s-" + cluster, WORKERS, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Makes the call.
     *
     * @param what kind and key for the sentence of a refusal
     */
    <R> Future<R> call(String what, Callable<R> call) {
        if (open.incrementAndGet() > MAX_WAITING) {
            open.decrementAndGet();
            return Future.failedFuture(new Refused(new Refusal.Busy(
                    "Expected at most " + MAX_WAITING + " calls to the API server at once, but there are more.", 1)));
        }
        return workers.executeBlocking(() -> refusing(what, call), false).onComplete(done -> open.decrementAndGet());
    }

    Future<Void> close() {
        return workers.close();
    }

    private static <R> R refusing(String what, Callable<R> call) throws Exception {
        try {
            return call.call();
        } catch (KubernetesClientException failure) {
            throw KubeRefusals.of(failure, what);
        }
    }
}
