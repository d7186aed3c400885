package dev.berth.gateway;

import dev.berth.contract.ClusterLogContract;
import dev.berth.model.ClusterId;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleContext;
import dev.berth.schema.Database;
import dev.berth.schema.SharedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A gateway on real sockets before a real PostgreSQL. The agent's tests build on it. */
public class GatewayBed implements AutoCloseable {
    private static final String INSTANCE = "gateway";
    private static final long PATIENCE_SECONDS = 60;

    protected final Vertx vertx = Vertx.vertx();
    protected final Attachments attachments = new Attachments();
    private final Bus bus = new Bus(vertx, InstantSource.system());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Health health = new Health();
    private final Deque<String> deployed = new ArrayDeque<>();
    private String gateway = "";

    public GatewayBed() throws IOException {
        attachments.attach(Database.class, Database.NAME, SharedDatabase.logins());
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Starts the gateway on this port, or on a free one where it is 0; returns the port. */
    public int startGateway(int port) {
        return startGateway(port, 100, 16);
    }

    int startGateway(int port, int maxTunnels, int maxHandshakes) {
        var config = new GatewayConfig(
                "127.0.0.1",
                port,
                "localhost,127.0.0.1",
                "gateway",
                "",
                "berth_gateway",
                "",
                4,
                maxTunnels,
                maxHandshakes,
                500,
                1000,
                50,
                "",
                "");
        gateway = deploy(new GatewayRole().deployments(config, context(INSTANCE)));
        return URI.create(attachments.find(GatewayAddress.class, INSTANCE).url())
                .getPort();
    }

    public LiveTunnels tunnels() {
        return attachments.find(LiveTunnels.class, INSTANCE);
    }

    public void stopGateway() {
        stop(gateway);
    }

    protected String deploy(List<Deployment> deployments) {
        String last = "";
        for (Deployment deployment : deployments) {
            last = get(vertx.deployVerticle(deployment.verticle().get()));
            deployed.push(last);
        }
        return last;
    }

    public void stop(String deployment) {
        deployed.remove(deployment);
        get(vertx.undeploy(deployment));
    }

    protected RoleContext context(String instance) {
        return new RoleContext(instance, vertx, bus, health, new Meters(registry), attachments, InstantSource.system());
    }

    /** Says on the bus that the cluster's desired log grew. */
    public void ring(UUID cluster) {
        bus.publish(ClusterLogContract.GREW, new ClusterLogContract.Grew(new ClusterId(cluster.toString())));
    }

    public double counter(String name) {
        var counter = registry.find(name).counter();
        return counter == null ? 0 : counter.count();
    }

    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Something that becomes true, or fails by the assertion that it makes. */
    public interface Claim {
        void check() throws Exception;
    }

    public static void eventually(Claim claim) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                claim.check();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        }
    }

    @Override
    public void close() {
        List.copyOf(deployed).forEach(this::stop);
        get(vertx.close());
    }
}
