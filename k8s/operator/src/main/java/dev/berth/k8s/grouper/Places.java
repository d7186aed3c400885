package dev.berth.k8s.grouper;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.Project;
import dev.berth.model.ForeignLabels;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Projects, node pools, and which namespace belongs to which project. */
final class Places {
    private final Map<ObjectKey, Project> projects = new HashMap<>();
    private final Map<ObjectKey, NodePool> pools = new HashMap<>();
    private final Map<ObjectKey, Namespace> namespaces = new HashMap<>();
    private final Map<String, String> byNamespace = new HashMap<>();
    private final Runnable changed;

    /** @param changed told when a decision may be another than before */
    Places(Runnable changed) {
        this.changed = changed;
    }

    void projects(Change<Project> change) {
        follow(projects, change);
    }

    void pools(Change<NodePool> change) {
        follow(pools, change);
    }

    void namespaces(Change<Namespace> change) {
        follow(namespaces, change);
    }

    private <T extends HasMetadata> void follow(Map<ObjectKey, T> known, Change<T> change) {
        Map<ObjectKey, Map<String, String>> before = labels(known);
        change.match(
                reset -> {
                    known.clear();
                    reset.all().forEach(object -> known.put(ObjectKey.of(object), object));
                },
                upserted -> known.put(ObjectKey.of(upserted.object()), upserted.object()),
                deleted -> known.remove(ObjectKey.of(deleted.object())));
        if (!before.equals(labels(known))) {
            byNamespace.clear();
            changed.run();
        }
    }

    /** What decides: names and labels. A project whose namespace changes is a change of its spec, and rare. */
    private static Map<ObjectKey, Map<String, String>> labels(Map<ObjectKey, ? extends HasMetadata> known) {
        Map<ObjectKey, Map<String, String>> labels = new HashMap<>();
        known.forEach((key, object) -> {
            Map<String, String> all = new HashMap<>();
            if (object.getMetadata().getLabels() != null) {
                all.putAll(object.getMetadata().getLabels());
            }
            if (object instanceof Project project) {
                all.put("spec.namespace", project.getSpec().namespace);
            }
            labels.put(key, all);
        });
        return labels;
    }

    boolean projectExists(String name) {
        return projects.containsKey(ObjectKey.clusterScoped(name));
    }

    boolean poolExists(String name) {
        return pools.containsKey(ObjectKey.clusterScoped(name));
    }

    /** By the namespace's label, else by a project that names the namespace, else by the name that Berth gives. */
    String projectOf(String namespace) {
        return byNamespace.computeIfAbsent(namespace, this::look);
    }

    private String look(String namespace) {
        Namespace object = namespaces.get(ObjectKey.clusterScoped(namespace));
        Map<String, String> labels = object == null || object.getMetadata().getLabels() == null
                ? Map.of()
                : object.getMetadata().getLabels();
        for (String key : List.of(Labels.PROJECT, ForeignLabels.KAI_QUEUE, ForeignLabels.RUNAI_QUEUE)) {
            String project = labels.getOrDefault(key, "");
            if (!project.isEmpty()) {
                return project;
            }
        }
        for (Project project : projects.values()) {
            if (project.getSpec().namespace.equals(namespace)) {
                return project.getMetadata().getName();
            }
        }
        String byName = namespace.startsWith(Labels.NAMESPACE_PREFIX)
                ? namespace.substring(Labels.NAMESPACE_PREFIX.length())
                : "";
        return projectExists(byName) ? byName : "";
    }

    /** Opens its watches. */
    List<Cluster.Watching> open(Watcher watcher) {
        return List.of(
                watcher.watch(Project.class, this::projects),
                watcher.watch(NodePool.class, this::pools),
                watcher.watch(Namespace.class, this::namespaces));
    }

    /** Opens a watch and waits for what it tells first. */
    interface Watcher {
        <T extends HasMetadata> Cluster.Watching watch(Class<T> type, Consumer<Change<T>> listener);
    }
}
