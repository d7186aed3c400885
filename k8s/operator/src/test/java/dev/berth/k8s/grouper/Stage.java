package dev.berth.k8s.grouper;

import static org.assertj.core.api.Assertions.fail;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import dev.berth.testkit.KubeApiServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A real kube-apiserver with a grouper on it, and somebody who waits. */
final class Stage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final KubeApiServer server;
    final Vertx vertx = Vertx.vertx();
    final Cluster cluster;
    private final RoleContext context;

    Stage(String... users) {
        server = KubeApiServer.start(users).installBerthCrds();
        InstantSource clock = InstantSource.system();
        context = new RoleContext(
                "test",
                vertx,
                new Bus(vertx, clock),
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                new Attachments(),
                clock);
        cluster = get(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, clock));
    }

    String grouper(String user) {
        GrouperRole role = new GrouperRole();
        GrouperConfig config = Objects.requireNonNull(new RoleConfig(Map.of())
                .read(
                        role.name(),
                        role.config(),
                        Map.of(
                                "cluster",
                                "real",
                                "kubeconfig",
                                server.kubeconfig(user).toString(),
                                "retryMillis",
                                50)));
        return get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    void namespace(String name, Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                .append('"')
                .append(key)
                .append("\":\"")
                .append(value)
                .append('"'));
        server.apply(
                "/api/v1/namespaces/" + name,
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\",\"labels\":{"
                        + text + "}}}");
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited " + PATIENCE_SECONDS + " s until " + what + ", in vain.");
            }
            get(vertx.timer(20, TimeUnit.MILLISECONDS));
        }
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        get(cluster.close());
        get(vertx.close());
        server.close();
    }
}
