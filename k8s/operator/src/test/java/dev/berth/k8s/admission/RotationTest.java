package dev.berth.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.WallClock;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller meets on the socket is what lies in the secret, also after it was made anew. */
class RotationTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() throws Exception {
        get(vertx.close());
    }

    @Test
    void aNewCertificateServesSoonAfterItIsInTheSecret() throws Exception {
        SimulatedCluster cluster = new SimulatedCluster("aurora", vertx, new WallClock(vertx, InstantSource.system()));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        deploy(cluster, port);
        X509Certificate first = awaitServing(cluster, port, null);
        X509Certificate second = awaitServing(cluster, port, first);
        assertThat(awaitServing(cluster, port, second)).isNotIn(first, second);
    }

    /** The certificate of the socket, once it is another than before and the one of the secret. */
    private X509Certificate awaitServing(SimulatedCluster cluster, int port, @Nullable X509Certificate before)
            throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            var secret = get(cluster.get(Secret.class, new ObjectKey("berth", "berth-admission-tls")));
            if (secret.isPresent()) {
                X509Certificate stored =
                        Certificates.read(KeyRing.fromSecret(secret.get().getData())
                                .orElseThrow()
                                .serving()
                                .certificate());
                if (!stored.equals(before) && stored.equals(met(port))) {
                    return stored;
                }
            }
            get(vertx.timer(50, TimeUnit.MILLISECONDS));
        }
        throw new AssertionError("The socket does not serve a new certificate.");
    }

    private @Nullable X509Certificate met(int port) throws Exception {
        NetClientOptions options =
                new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
        try {
            NetSocket socket = get(vertx.createNetClient(options).connect(port, "127.0.0.1"));
            X509Certificate met = (X509Certificate) socket.peerCertificates().get(0);
            get(socket.close());
            return met;
        } catch (java.util.concurrent.ExecutionException notYet) {
            return null;
        }
    }

    private void deploy(SimulatedCluster cluster, int port) throws Exception {
        AdmissionRole role = new AdmissionRole();
        Map<String, Object> keys = Map.of(
                "cluster",
                "aurora",
                "host",
                "127.0.0.1",
                "port",
                port,
                "names",
                "127.0.0.1",
                "checkMillis",
                100,
                "certificateSeconds",
                10,
                "authoritySeconds",
                10);
        Attachments attachments = new Attachments();
        attachments.attach(Cluster.class, "aurora", cluster);
        RoleContext context = new RoleContext(
                "admission",
                vertx,
                new Bus(vertx, InstantSource.system()),
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                attachments,
                InstantSource.system());
        AdmissionConfig config =
                Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
