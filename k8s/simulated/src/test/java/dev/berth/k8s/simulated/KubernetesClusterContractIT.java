package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Waiting.await;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A real kube-apiserver behind the port does what the port promises. */
class KubernetesClusterContractIT implements ClusterContract {
    private static KubeApiServer server;
    private static Vertx vertx;
    private static Cluster cluster;
    private static int tests;

    @BeforeAll
    static void start() {
        server = KubeApiServer.start().installBerthCrds();
        vertx = Vertx.vertx();
        cluster = await(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, InstantSource.system()));
        namespace("berth");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            await(cluster.close().map(true));
            await(vertx.close().map(true));
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void newNamespace() {
        tests++;
        namespace(namespace());
    }

    @Override
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public String namespace() {
        return "berth-p-test-" + tests;
    }

    private static void namespace(String name) {
        Namespace namespace = new Namespace();
        namespace.setMetadata(Things.named(null, name));
        await(cluster.apply(namespace));
    }
}
