package dev.berth.k8s.binder;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Works on one request at a time and on many side by side: looks what exists, does the next step, looks again. A step that
 * fails in passing is repeated; an attempt that takes too long or meets a no counts, and after the last one the request is
 * given up with the reason.
 */
final class Binder {
    private static final int MAX_MESSAGE = 1_024;
    /** Steps of one look: more than any request has, so that a step without effect does not turn in circles. */
    private static final int MAX_STEPS = 600;

    private final BinderConfig config;
    private final Cluster cluster;
    private final InstantSource clock;
    private final BindBook book;
    private final BooleanSupplier mayWrite;
    private final BinderMeters meters;
    private final FactFinder finder;
    private final Hands hands;
    private final Map<ObjectKey, Attempt> attempts = new HashMap<>();

    /** When an attempt began, and when a failed one may be followed by the next. */
    private record Attempt(long sinceMillis, long notBeforeMillis) {}

    Binder(BinderConfig config, Cluster cluster, InstantSource clock, BindBook book, Surroundings around) {
        this.config = config;
        this.cluster = cluster;
        this.clock = clock;
        this.book = book;
        this.mayWrite = around.mayWrite();
        this.meters = around.meters();
        this.finder = new FactFinder(cluster);
        this.hands = new Hands(cluster, config.images());
    }

    /** Whether this binder still has the lease, and who counts. */
    record Surroundings(BooleanSupplier mayWrite, BinderMeters meters) {}

    /** One look; answers in how many milliseconds the next is due. */
    Future<Long> look(ObjectKey key) {
        BindRequest request = book.request(key);
        if (request == null || BindBook.isOver(request) || !mayWrite.getAsBoolean()) {
            attempts.remove(key);
            return Future.succeededFuture(BindQueue.WHEN_NEWS_COME);
        }
        long now = clock.millis();
        Attempt attempt = attempts.computeIfAbsent(key, first -> new Attempt(now, now));
        if (now < attempt.notBeforeMillis) {
            return Future.succeededFuture(attempt.notBeforeMillis - now);
        }
        return steps(request, MAX_STEPS);
    }

    private Future<Long> steps(BindRequest request, int left) {
        return finder.find(request, book.reservations(request)).compose(facts -> {
            if (!mayWrite.getAsBoolean() || left == 0) {
                return Future.succeededFuture((long) config.pollMillis());
            }
            return NextStep.of(request, facts)
                    .match(
                            act -> act(request, facts, act).compose(more -> more ? steps(request, left - 1) : soon()),
                            await -> await(request, await),
                            end -> end(request, end));
        });
    }

    private Future<Long> soon() {
        return Future.succeededFuture((long) config.pollMillis());
    }

    /** Answers whether to look again at once; a reservation is looked at when its pod has news. */
    private Future<Boolean> act(BindRequest request, Facts facts, Step.Do step) {
        if (step instanceof Step.Bind) {
            book.settling(request);
        }
        boolean again = !(step instanceof Step.Reserve);
        if (step instanceof Step.Discard discard) {
            Reservation held = facts.reservations().get(discard.slot());
            String why = held == null ? "" : held.lost();
            return hands.carryOut(step, request, facts)
                    .compose(gone -> end(request, new Step.Failure("DeviceTaken", discard.slot() + ": " + why)))
                    .map(false);
        }
        return hands.carryOut(step, request, facts).map(again).recover(failure -> refused(request, failure));
    }

    /** A no that will stay is a failed attempt; anything else passes. */
    private Future<Boolean> refused(BindRequest request, Throwable failure) {
        meters.stepFailed(request.getSpec().pod, failure);
        boolean stays = failure instanceof Refused refused
                && (refused.refusal() instanceof Refusal.Invalid || refused.refusal() instanceof Refusal.Forbidden);
        boolean late = clock.millis() - since(request) > config.attemptMillis();
        if (!stays && !late) {
            return Future.succeededFuture(false);
        }
        return end(request, new Step.Failure("Refused", String.valueOf(failure.getMessage())))
                .map(false);
    }

    private long since(BindRequest request) {
        Attempt attempt = attempts.get(ObjectKey.of(request));
        return attempt == null ? clock.millis() : attempt.sinceMillis;
    }

    private Future<Long> await(BindRequest request, Step.Await await) {
        long left = since(request) + config.attemptMillis() - clock.millis();
        return left <= 0
                ? end(request, new Step.Failure(await.reason(), await.message()))
                : Future.succeededFuture(Math.min(left, config.pollMillis()));
    }

    private Future<Long> end(BindRequest request, Step.End end) {
        if (end instanceof Step.Failure failure) {
            return failed(request, failure);
        }
        BindRequest.Status status = new BindRequest.Status();
        status.attempts = request.getStatus().attempts;
        if (end instanceof Step.GiveUp why) {
            book.notSettling(request);
            meters.gaveUp();
            status.phase = BindRequest.FAILED;
            status.reason = why.reason();
            status.message = shown(why.message());
        } else {
            meters.bound();
            status.phase = BindRequest.SUCCEEDED;
        }
        return write(request, status, BindQueue.WHEN_NEWS_COME);
    }

    private Future<Long> failed(BindRequest request, Step.Failure failure) {
        int count = request.getStatus().attempts + 1;
        if (count >= request.getSpec().backoffLimit) {
            BindRequest counted = withStatus(request, request.getStatus());
            counted.getStatus().attempts = count;
            return end(counted, new Step.GiveUp(failure.reason(), failure.message()));
        }
        book.notSettling(request);
        long next = clock.millis() + config.pauseMillis(count);
        attempts.put(ObjectKey.of(request), new Attempt(next, next));
        BindRequest.Status status = new BindRequest.Status();
        status.phase = BindRequest.PENDING;
        status.reason = failure.reason();
        status.message = shown(failure.message());
        status.attempts = count;
        return write(request, status, config.pauseMillis(count));
    }

    private Future<Long> write(BindRequest request, BindRequest.Status status, long next) {
        return cluster.replaceStatus(withStatus(request, status))
                .map(next)
                .recover(failure -> failure instanceof Refused refused && refused.refusal() instanceof Refusal.NotFound
                        ? Future.succeededFuture(BindQueue.WHEN_NEWS_COME)
                        : Future.failedFuture(failure));
    }

    private static BindRequest withStatus(BindRequest request, BindRequest.Status status) {
        BindRequest changed = request.copy();
        BindRequest.Status own = new BindRequest.Status();
        own.phase = status.phase;
        own.reason = status.reason;
        own.message = status.message;
        own.attempts = status.attempts;
        changed.setStatus(own);
        return changed;
    }

    private static String shown(String message) {
        return message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }
}
