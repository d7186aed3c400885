package dev.berth.runtime;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * How processes find each other: Hazelcast with multicast off, peers by address or by a Kubernetes service's name.
 * Hazelcast carries the bus's registrations and nothing that matters: no decision of Berth rests on it.
 */
final class ClusteredBus {
    private ClusteredBus() {}

    static VertxBuilder join(VertxBuilder builder, VertxOptions options, ProcessConfig config) {
        options.setEventBusOptions(new EventBusOptions().setHost(config.busHost()));
        return builder.with(options).withClusterManager(new HazelcastClusterManager(hazelcast(config)));
    }

    private static Config hazelcast(ProcessConfig config) {
        Config hazelcast = ConfigUtil.loadConfig();
        hazelcast.setClusterName(config.busName());
        hazelcast.setProperty("hazelcast.logging.type", "slf4j");
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
        hazelcast.setProperty("hazelcast.socket.bind.any", "false");
        hazelcast.setProperty("hazelcast.local.localAddress", config.busHost());
        hazelcast.setProperty("hazelcast.wait.seconds.before.join", waitSeconds(config));
        // Pods that start in one moment may miss each other in DNS; the halves find each other soon, not in five
        // minutes.
        hazelcast.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        hazelcast.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        hazelcast.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        hazelcast.setProperty("hazelcast.max.no.heartbeat.seconds", "20");
        NetworkConfig network = hazelcast.getNetworkConfig();
        // A DNS answer holds no ports: behind a service's name every member has the same one.
        boolean anyPort = config.busKubernetesService().isEmpty();
        network.setPort(config.busPort()).setPortAutoIncrement(anyPort).setPortCount(100);
        join(network.getJoin(), config);
        return hazelcast;
    }

    /** Discovery asks DNS only within this time, so 0 would mean never; known peers are dialled at once. */
    private static String waitSeconds(ProcessConfig config) {
        return config.busKubernetesService().isEmpty() ? "0" : "3";
    }

    private static void join(JoinConfig join, ProcessConfig config) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (config.busKubernetesService().isEmpty()) {
            join.getTcpIpConfig().setEnabled(true).setMembers(config.busPeers());
        } else {
            join.getTcpIpConfig().setEnabled(false);
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", config.busKubernetesService())
                    .setProperty("service-port", String.valueOf(config.busPort()));
        }
    }
}
