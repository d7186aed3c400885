package dev.berth.k8s.simulated;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/** A call through a link that delays and refuses. */
final class Faulty {
    record Asked(Faults.Call call, Class<?> kind, ObjectKey key) {}

    private Faulty() {}

    static <R> Future<R> call(Faults faults, SimClock clock, Vertx vertx, Asked asked, Supplier<Future<R>> action) {
        long delay = faults.delayMillis(asked.call);
        if (delay == 0) {
            return now(faults, asked, action);
        }
        Context context = vertx.getOrCreateContext();
        Promise<R> promise = Promise.promise();
        clock.schedule(
                delay,
                () -> context.runOnContext(arrived -> now(faults, asked, action).onComplete(promise)));
        return promise.future();
    }

    private static <R> Future<R> now(Faults faults, Asked asked, Supplier<Future<R>> action) {
        Optional<Refusal> refusal = faults.refuse(asked.call, asked.kind, asked.key);
        return refusal.isPresent() ? Future.failedFuture(new Refused(refusal.get())) : action.get();
    }
}
