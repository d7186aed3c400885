package dev.berth.demo;

import dev.berth.demo.watch.IndependentChecker;
import dev.berth.demo.watch.Progress;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.simulated.KubeletBehaviour;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.SimulatedKubelets;
import dev.berth.k8s.simulated.SimulatedNodes;
import dev.berth.k8s.simulated.VirtualClock;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated clusters with operator, scheduler and agent for each, in a process of their own inside this one: what
 * they share with the control plane is the tunnel.
 */
final class ClusterPart {
    private static final List<String> ROLES = List.of("operator", "scheduler", "agent");
    /** From binding to Running, in simulated time. */
    private static final long START_DELAY_MILLIS = 2_000;

    /** A cluster of it, with those who watch it. */
    record Simulated(Site site, SimulatedCluster cluster, IndependentChecker checker, Progress progress) {}

    private final Berth berth;
    private final VirtualClock clock;
    private final Map<String, Simulated> clusters;

    private ClusterPart(Berth berth, VirtualClock clock, Map<String, Simulated> clusters) {
        this.berth = berth;
        this.clock = clock;
        this.clusters = clusters;
    }

    /** How the agents reach the control plane: the gateway's address, and a join token for each cluster. */
    record Joining(String tunnelUrl, Map<String, String> tokens) {}

    /**
     * Opens the process with the clusters in it; nothing runs before {@link #start}. Reads files, so it is to be called on no
     * event loop.
     */
    static ClusterPart open(List<Site> sites, Joining joining, ClusterFiles files, int healthPort) {
        Settings settings = Settings.empty().with(Settings.PROCESS, Map.of("healthPort", healthPort));
        List<String> instances = new ArrayList<>();
        for (Site site : sites) {
            for (String role : ROLES) {
                settings = settings.with(role + "@" + site.cluster(), keys(role, site.cluster(), joining));
                instances.add(role + "@" + site.cluster());
            }
        }
        Berth berth =
                Berth.open(Roles.onClassPath(), settings, instances, Map.of()).await();
        VirtualClock clock = new VirtualClock(files.startMillis());
        Map<String, Simulated> clusters = new LinkedHashMap<>();
        for (Site site : sites) {
            clusters.put(site.cluster(), simulated(site, berth, clock, files));
        }
        return new ClusterPart(berth, clock, clusters);
    }

    Future<Void> start() {
        return berth.startAll();
    }

    private static Map<String, Object> keys(String role, String cluster, Joining joining) {
        if (!role.equals("agent")) {
            return Map.of("cluster", cluster);
        }
        return Map.of(
                "cluster",
                cluster,
                "gatewayUrl",
                joining.tunnelUrl(),
                "joinToken",
                joining.tokens().getOrDefault(cluster, ""),
                "spreadMillis",
                1,
                "minBackoffMillis",
                50,
                "maxBackoffMillis",
                2_000);
    }

    private static Simulated simulated(Site site, Berth berth, VirtualClock clock, ClusterFiles files) {
        SimulatedCluster cluster = new SimulatedCluster(site.cluster(), berth.vertx(), clock);
        Simulated simulated = new Simulated(site, cluster, new IndependentChecker(files::wallMillis), new Progress());
        cluster.observe(simulated.checker());
        cluster.observe(simulated.progress());
        boolean restored = files.restore(cluster);
        SimulatedKubelets.start(cluster, KubeletBehaviour.startingAfter(START_DELAY_MILLIS));
        if (!restored) {
            SimulatedNodes.create(cluster, site.trace().nodes()).await();
        }
        berth.attachments().attach(Cluster.class, site.cluster(), cluster);
        return simulated;
    }

    Berth berth() {
        return berth;
    }

    VirtualClock clock() {
        return clock;
    }

    List<Simulated> clusters() {
        return List.copyOf(clusters.values());
    }

    Future<Void> stop() {
        return berth.stop();
    }
}
