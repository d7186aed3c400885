package dev.berth.k8s.operator;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.operator.project.ProjectReconciler;
import dev.berth.k8s.work.Backoff;
import dev.berth.k8s.work.KeyQueue;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The life of the {@link ProjectReconciler}: its watches, its queue, and the second look that repairs. */
final class ProjectUpkeep {
    private final OperatorConfig config;
    private final RoleContext role;
    private final Cluster cluster;
    private final KeyQueue steps;
    private final ProjectReconciler projects;
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<Class<?>> untold = new HashSet<>(Set.of(Project.class, Namespace.class));
    private long resync = -1;

    ProjectUpkeep(OperatorConfig config, RoleContext role, Cluster cluster) {
        this.config = config;
        this.role = role;
        this.cluster = cluster;
        OperatorMeters meters = new OperatorMeters(cluster.name(), role.meters().registry());
        this.steps = new KeyQueue(
                role.vertx(),
                config.concurrency(),
                new Backoff(config.retryMillis(), config.maxRetryMillis()),
                key -> this.projects().step(key),
                meters::stepFailed);
        this.projects = new ProjectReconciler(cluster, key -> {
            if (untold.isEmpty()) {
                steps.add(key);
            }
        });
    }

    void start() {
        watches.add(watch(Project.class, projects::projects));
        watches.add(watch(Namespace.class, projects::namespaces));
        resync = role.vertx().setPeriodic(config.resyncMillis(), ignored -> lookAgain());
    }

    void stop() {
        role.vertx().cancelTimer(resync);
        watches.forEach(Cluster.Watching::close);
        steps.close();
    }

    private ProjectReconciler projects() {
        return projects;
    }

    private <T extends HasMetadata> Cluster.Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        return cluster.watch(type, change -> {
            listener.accept(change);
            if (untold.remove(type) && untold.isEmpty()) {
                lookAgain();
            }
        });
    }

    private void lookAgain() {
        if (untold.isEmpty()) {
            projects.keys().forEach(steps::add);
        }
    }
}
