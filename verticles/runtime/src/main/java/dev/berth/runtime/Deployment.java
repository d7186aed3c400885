package dev.berth.runtime;

import io.vertx.core.Deployable;
import io.vertx.core.ThreadingModel;
import java.util.function.Supplier;

/** One verticle to deploy: its name in logs and health, how to make it, on which threads, how many of it. */
public record Deployment(String name, Supplier<? extends Deployable> verticle, ThreadingModel threads, int instances) {
    public static Deployment of(String name, Supplier<? extends Deployable> verticle) {
        return new Deployment(name, verticle, ThreadingModel.EVENT_LOOP, 1);
    }

    public Deployment onWorkers() {
        return new Deployment(name, verticle, ThreadingModel.WORKER, instances);
    }

    public Deployment instances(int count) {
        return new Deployment(name, verticle, threads, count);
    }
}
