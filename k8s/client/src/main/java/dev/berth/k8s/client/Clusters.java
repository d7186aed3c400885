package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the cluster that a role works on. */
public final class Clusters {
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int RECONNECT_MILLIS = 500;

    private Clusters() {}

    /**
     * The cluster that a role of this process attached by that name, or else Kubernetes. An attached cluster belongs to the
     * role that brought it: closing what this returns is right in both cases, because it ends only what was opened here.
     *
     * @param kubeconfig path of a kubeconfig file; empty: the service account of the pod, or what {@code kubectl} uses
     */
    public static Future<Cluster> open(String name, String kubeconfig, RoleContext context) {
        Optional<Cluster> attached = attached(name, context);
        return attached.isPresent()
                ? Future.succeededFuture(new BorrowedCluster(attached.get()))
                : kubernetes(name, kubeconfig, context.vertx(), context.clock());
    }

    /** Whether {@link #open} would borrow a cluster that a role of this process attached. */
    public static boolean isAttached(String name, RoleContext context) {
        return attached(name, context).isPresent();
    }

    /** Kubernetes by a kubeconfig. Does not ask the API server anything yet. */
    public static Future<Cluster> kubernetes(String name, String kubeconfig, Vertx vertx, InstantSource clock) {
        return vertx.executeBlocking(() -> {
            Config config = new ConfigBuilder(read(kubeconfig))
                    .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                    .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                    .withWatchReconnectInterval(RECONNECT_MILLIS)
                    // Who calls the port decides on repeating; a second loop inside would only hide a slow API server.
                    .withRequestRetryBackoffLimit(0)
                    .build();
            return new KubernetesCluster(
                    name,
                    vertx,
                    new KubernetesClientBuilder().withConfig(config).build(),
                    clock);
        });
    }

    private static Config read(String kubeconfig) {
        if (kubeconfig.isEmpty()) {
            return Config.autoConfigure(null);
        }
        Path file = Path.of(kubeconfig);
        if (!Files.isReadable(file)) {
            throw new Refused(new Refusal.NotFound("kubeconfig file", kubeconfig));
        }
        return Config.fromKubeconfig(file.toFile());
    }

    private static Optional<Cluster> attached(String name, RoleContext context) {
        try {
            return Optional.of(context.attachments().find(Cluster.class, name));
        } catch (IllegalStateException absent) {
            return Optional.empty();
        }
    }
}
