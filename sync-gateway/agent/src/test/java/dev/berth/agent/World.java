package dev.berth.agent;

import dev.berth.contract.ClusterLogContract;
import dev.berth.gateway.GatewayAddress;
import dev.berth.gateway.GatewayConfig;
import dev.berth.gateway.GatewayRole;
import dev.berth.gateway.LiveTunnels;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.WallClock;
import dev.berth.model.ClusterId;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleContext;
import dev.berth.schema.Database;
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

/** A control plane's gateway and a cluster's agent in one process, over real sockets and a real PostgreSQL. */
final class World implements AutoCloseable {
    static final long PATIENCE_SECONDS = 60;

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, InstantSource.system());
    final Attachments attachments = new Attachments();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Health health = new Health();
    private final Deque<String> deployed = new ArrayDeque<>();
    private String gateway = "";

    World() throws IOException {
        attachments.attach(Database.class, Database.NAME, Store.logins());
    }

    SimulatedCluster cluster(String name) {
        SimulatedCluster cluster = new SimulatedCluster(name, vertx, new WallClock(vertx, InstantSource.system()));
        attachments.attach(Cluster.class, name, cluster);
        return cluster;
    }

    /** Starts the gateway; returns its port. */
    int startGateway(int port) {
        var config = new GatewayConfig(
                "127.0.0.1",
                port,
                "localhost,127.0.0.1",
                "gateway",
                "",
                "berth_gateway",
                "",
                4,
                100,
                16,
                500,
                1000,
                50,
                "",
                "");
        gateway = deploy(new GatewayRole().deployments(config, context("gateway")));
        return gatewayPort();
    }

    int gatewayPort() {
        return URI.create(attachments.find(GatewayAddress.class, "gateway").url())
                .getPort();
    }

    LiveTunnels tunnels() {
        return attachments.find(LiveTunnels.class, "gateway");
    }

    void stopGateway() {
        stop(gateway);
    }

    String startAgent(String cluster, String token, int port, String stateDir) {
        var config =
                new AgentConfig(cluster, "", "ws://127.0.0.1:" + port, token, stateDir, "", 50, 200, 10, 300_000, 200);
        return deploy(new AgentRole().deployments(config, context("agent@" + cluster)));
    }

    void stop(String deployment) {
        deployed.remove(deployment);
        get(vertx.undeploy(deployment));
    }

    private String deploy(List<Deployment> deployments) {
        String last = "";
        for (Deployment deployment : deployments) {
            last = get(vertx.deployVerticle(deployment.verticle().get()));
            deployed.push(last);
        }
        return last;
    }

    private RoleContext context(String instance) {
        return new RoleContext(instance, vertx, bus, health, new Meters(registry), attachments, InstantSource.system());
    }

    void ring(UUID cluster) {
        bus.publish(ClusterLogContract.GREW, new ClusterLogContract.Grew(new ClusterId(cluster.toString())));
    }

    double counter(String name) {
        var counter = registry.find(name).counter();
        return counter == null ? 0 : counter.count();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Something that becomes true, or fails by the assertion that it makes. */
    interface Claim {
        void check() throws Exception;
    }

    static void eventually(Claim claim) {
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
