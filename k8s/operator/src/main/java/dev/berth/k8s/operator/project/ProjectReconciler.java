package dev.berth.k8s.operator.project;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each project its namespace with all that belongs into it. Every step may be repeated; looking at a project again is
 * what repairs its namespace. Nothing is touched in a namespace that is not the project's.
 *
 * <p>When a project is gone, its access, bounds and isolation go. Its namespace stays, with its volumes and what still runs:
 * nothing here ever deletes a namespace, because a project that is not there may be one that is not there yet.
 */
public final class ProjectReconciler {
    private final Cluster cluster;
    private final Consumer<ObjectKey> touched;
    private final Map<String, Project> projects = new HashMap<>();
    private final Map<String, Namespace> namespaces = new HashMap<>();

    /**
     * @param touched is told each project that wants a {@link #step}
     */
    public ProjectReconciler(Cluster cluster, Consumer<ObjectKey> touched) {
        this.cluster = cluster;
        this.touched = touched;
    }

    public void projects(Change<Project> change) {
        keep(projects, change, project -> touched.accept(ObjectKey.of(project)));
    }

    public void namespaces(Change<Namespace> change) {
        keep(namespaces, change, this::touchOwner);
    }

    private static <T extends HasMetadata> void keep(Map<String, T> all, Change<T> change, Consumer<T> tell) {
        change.match(
                reset -> {
                    List<T> before = new ArrayList<>(all.values());
                    all.clear();
                    reset.all().forEach(one -> all.put(one.getMetadata().getName(), one));
                    before.forEach(tell);
                    reset.all().forEach(tell);
                },
                upserted -> {
                    all.put(upserted.object().getMetadata().getName(), upserted.object());
                    tell.accept(upserted.object());
                },
                deleted -> {
                    all.remove(deleted.object().getMetadata().getName());
                    tell.accept(deleted.object());
                });
    }

    private void touchOwner(Namespace namespace) {
        String owner = label(namespace, Labels.PROJECT);
        if (!owner.isEmpty()) {
            touched.accept(ObjectKey.clusterScoped(owner));
        }
        String name = namespace.getMetadata().getName();
        projects.values().stream()
                .filter(project -> NamespaceClaim.wanted(project).equals(name))
                .forEach(project -> touched.accept(ObjectKey.of(project)));
    }

    /** All that there is to look at again: projects, and those that left a namespace behind. */
    public Set<ObjectKey> keys() {
        Set<ObjectKey> keys = new TreeSet<>();
        projects.keySet().forEach(name -> keys.add(ObjectKey.clusterScoped(name)));
        namespaces.values().stream()
                .filter(namespace -> label(namespace, Labels.MANAGED_BY).equals(Labels.MANAGER))
                .map(namespace -> label(namespace, Labels.PROJECT))
                .filter(name -> !name.isEmpty())
                .forEach(name -> keys.add(ObjectKey.clusterScoped(name)));
        return keys;
    }

    /** Makes the namespace of one project what it should be. */
    public Future<Void> step(ObjectKey key) {
        Project project = projects.get(key.name());
        if (project == null) {
            return clear(key.name());
        }
        NamespaceClaim claim = NamespaceClaim.of(project, namespaces.get(NamespaceClaim.wanted(project)));
        if (claim instanceof NamespaceClaim.Refuse refuse) {
            return tell(project, "Refused", refuse.sentence(), "");
        }
        String namespace = NamespaceClaim.wanted(project);
        Future<?> there = claim instanceof NamespaceClaim.Create
                ? cluster.create(Furnishing.namespace(project, namespace))
                : Future.succeededFuture();
        Furnishing furnishing = Furnishing.of(project, namespace);
        Future<Void> done = there.mapEmpty();
        for (HasMetadata object : furnishing.wanted()) {
            done = done.compose(ignored -> cluster.apply(object).mapEmpty());
        }
        for (Furnishing.Piece piece : furnishing.unwanted()) {
            done = done.compose(ignored -> remove(piece.type(), new ObjectKey(namespace, piece.name())));
        }
        return done.compose(ignored -> tell(project, "Ready", "", namespace));
    }

    private Future<Void> clear(String project) {
        Future<Void> done = Future.succeededFuture();
        for (Namespace namespace : List.copyOf(namespaces.values())) {
            if (label(namespace, Labels.PROJECT).equals(project)) {
                done = done.compose(ignored -> clear(namespace));
            }
        }
        return done;
    }

    private Future<Void> clear(Namespace namespace) {
        String name = namespace.getMetadata().getName();
        Future<Void> done = Future.succeededFuture();
        for (Furnishing.Piece piece : Furnishing.PIECES) {
            done = done.compose(ignored -> remove(piece.type(), new ObjectKey(name, piece.name())));
        }
        return done;
    }

    /** Removes what is ours under that name; somebody else's thing of the same name stays. */
    private <T extends HasMetadata> Future<Void> remove(Class<T> type, ObjectKey key) {
        return cluster.get(type, key)
                .compose(found -> found.isPresent()
                                && label(found.get(), Labels.MANAGED_BY).equals(Labels.MANAGER)
                        ? cluster.delete(type, key)
                        : Future.succeededFuture());
    }

    private Future<Void> tell(Project project, String phase, String message, String namespace) {
        Project.Status status = new Project.Status();
        status.phase = phase;
        status.message = message;
        status.namespace = namespace;
        if (status.equals(project.getStatus())) {
            return Future.succeededFuture();
        }
        Project told = project.copy();
        told.setStatus(status);
        return cluster.replaceStatus(told)
                .<Void>mapEmpty()
                .recover(failure -> isGone(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Refused refused && refused.refusal() instanceof Refusal.NotFound;
    }

    private static String label(HasMetadata object, String key) {
        Map<String, String> labels = object.getMetadata().getLabels();
        @Nullable String value = labels == null ? null : labels.get(key);
        return value == null ? "" : value;
    }
}
