package dev.berth.k8s.admission;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.crd.Department;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What decides about requests, as five watches tell it; nothing is known before each of them has told. */
final class AdmissionBook {
    private record NodeFacts(Map<String, String> labels, int gpus) {}

    private final Map<String, Known.Project> projects = new HashMap<>();
    private final Map<String, Boolean> departments = new HashMap<>();
    private final Map<String, NodePool.Spec> pools = new HashMap<>();
    private final Map<String, String> namespaces = new HashMap<>();
    private final Map<String, NodeFacts> nodes = new HashMap<>();
    private final Set<Class<?>> untold =
            new HashSet<>(Set.of(Project.class, Department.class, NodePool.class, Namespace.class, Node.class));
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Runnable synced;
    private @Nullable Known known;

    /** @param synced called once, when every watch has told what there is */
    AdmissionBook(Runnable synced) {
        this.synced = synced;
    }

    void open(Cluster cluster) {
        follow(
                cluster,
                Project.class,
                projects,
                project -> new Known.Project(
                        project.getSpec().namespace,
                        project.getSpec().containers.defaultCpuMilli,
                        project.getSpec().containers.defaultMemoryMib));
        follow(cluster, Department.class, departments, department -> true);
        follow(cluster, NodePool.class, pools, NodePool::getSpec);
        follow(cluster, Namespace.class, namespaces, namespace -> labels(namespace)
                .get(Labels.PROJECT));
        follow(cluster, Node.class, nodes, node -> new NodeFacts(labels(node), gpus(node)));
    }

    void close() {
        watches.forEach(Cluster.Watching::close);
    }

    /** Empty until each watch told what there is. */
    Optional<Known> known() {
        if (!untold.isEmpty()) {
            return Optional.empty();
        }
        Known now = known;
        if (now == null) {
            now = new Known(projects, departments.keySet(), poolFacts(), namespaces);
            known = now;
        }
        return Optional.of(now);
    }

    private <T extends HasMetadata, F> void follow(
            Cluster cluster, Class<T> type, Map<String, F> facts, Function<T, @Nullable F> read) {
        watches.add(cluster.watch(type, change -> {
            boolean changed = take(change, facts, read);
            if (changed) {
                known = null;
            }
            if (untold.remove(type) && untold.isEmpty()) {
                synced.run();
            }
        }));
    }

    private static <T extends HasMetadata, F> boolean take(
            Change<T> change, Map<String, F> facts, Function<T, @Nullable F> read) {
        boolean[] changed = {false};
        change.match(
                reset -> {
                    facts.clear();
                    reset.all().forEach(object -> put(object, facts, read));
                    changed[0] = true;
                },
                upserted -> changed[0] = put(upserted.object(), facts, read),
                deleted ->
                        changed[0] = facts.remove(deleted.object().getMetadata().getName()) != null);
        return changed[0];
    }

    private static <T extends HasMetadata, F> boolean put(
            T object, Map<String, F> facts, Function<T, @Nullable F> read) {
        String name = object.getMetadata().getName();
        F now = read.apply(object);
        F before = now == null ? facts.remove(name) : facts.put(name, now);
        return now == null ? before != null : !now.equals(before);
    }

    private Map<String, Known.Pool> poolFacts() {
        Map<String, Known.Pool> all = new HashMap<>();
        pools.forEach((name, spec) -> {
            int count = 0;
            int gpus = 0;
            int most = 0;
            String value = spec.labelValue.isEmpty() ? name : spec.labelValue;
            for (NodeFacts node : nodes.values()) {
                if (value.equals(node.labels().get(spec.labelKey))) {
                    count++;
                    gpus += node.gpus();
                    most = Math.max(most, node.gpus());
                }
            }
            all.put(name, new Known.Pool(spec.labelKey, spec.labelValue, count, gpus, most));
        });
        return all;
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    private static int gpus(Node node) {
        if (node.getStatus() == null || node.getStatus().getAllocatable() == null) {
            return 0;
        }
        var gpus = node.getStatus().getAllocatable().get(Labels.GPU_RESOURCE);
        return gpus == null ? 0 : gpus.getNumericalAmount().intValue();
    }
}
