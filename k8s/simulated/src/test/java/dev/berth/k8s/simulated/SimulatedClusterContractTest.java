package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Cluster;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The simulated cluster does what the port promises. */
class SimulatedClusterContractTest implements ClusterContract {
    private static Vertx vertx;
    private Cluster cluster;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @BeforeEach
    void fresh() {
        cluster = new SimulatedCluster("test", vertx, new WallClock(vertx, InstantSource.system()));
    }

    @AfterAll
    static void close() {
        Waiting.await(vertx.close().map(true));
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
        return "berth-p-test";
    }
}
