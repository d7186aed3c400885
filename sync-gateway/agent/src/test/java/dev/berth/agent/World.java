package dev.berth.agent;

import dev.berth.gateway.GatewayBed;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.WallClock;
import java.io.IOException;
import java.time.InstantSource;

/** A control plane's gateway and a cluster's agent in one process, over real sockets and a real PostgreSQL. */
final class World extends GatewayBed {
    World() throws IOException {}

    SimulatedCluster cluster(String name) {
        SimulatedCluster cluster = new SimulatedCluster(name, vertx, new WallClock(vertx, InstantSource.system()));
        attachments.attach(Cluster.class, name, cluster);
        return cluster;
    }

    String startAgent(String cluster, String token, int port, String stateDir) {
        var config =
                new AgentConfig(cluster, "", "ws://127.0.0.1:" + port, token, stateDir, "", 100, 200, 10, 300_000, 200);
        return deploy(new AgentRole().deployments(config, context("agent@" + cluster)));
    }
}
