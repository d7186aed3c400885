package dev.berth.demo.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Looks again and again until something holds. */
public final class Waiting {
    private static final int LOOK_MILLIS = 100;
    private static final int LOOKS = 600;

    private Waiting() {}

    /** Fails after a minute. */
    public static Future<Void> until(Vertx vertx, Supplier<Future<Boolean>> holds) {
        Promise<Void> done = Promise.promise();
        look(vertx, holds, done, LOOKS);
        return done.future();
    }

    private static void look(Vertx vertx, Supplier<Future<Boolean>> holds, Promise<Void> done, int left) {
        holds.get().onFailure(done::tryFail).onSuccess(yes -> {
            if (yes) {
                done.tryComplete();
            } else if (left == 0) {
                done.tryFail("Not done after a minute. See the log for the part that hangs.");
            } else {
                vertx.setTimer(LOOK_MILLIS, timer -> look(vertx, holds, done, left - 1));
            }
        });
    }
}
