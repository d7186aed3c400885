package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.k8s.crd.Department;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Seven watches into one {@link ClusterState}. Opened by a scheduler that has just become the leader, so that what it starts
 * from was listed after the one before it had stopped; closed for good when leadership is lost.
 */
final class SnapshotFeed {
    private final Cluster cluster;
    private final ClusterState state = new ClusterState();
    private final Finished finished = new Finished(this::groupChanged);
    private final Requests requests;
    private final TaskBook tasks;
    private final Runnable changed;
    private final Set<Class<?>> untold = new HashSet<>(Set.of(
            Node.class, Pod.class, PodGroup.class, Project.class, Department.class, NodePool.class, BindRequest.class));
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, NodePool> pools = new TreeMap<>();
    private final Map<String, Project> projects = new TreeMap<>();
    private final Map<String, Department> departments = new TreeMap<>();
    private final Map<String, PodGroup> groups = new TreeMap<>();
    private final Map<Seen, Record> seen = new HashMap<>();
    private boolean closed;

    /** @param changed called on each change that may change a decision, once all watches told what there is */
    SnapshotFeed(Vertx vertx, Cluster cluster, Runnable changed) {
        this.cluster = cluster;
        this.changed = () -> {
            if (synced()) {
                changed.run();
            }
        };
        this.requests = new Requests(cluster);
        this.tasks = new TaskBook(vertx, state, finished, requests, this.changed);
    }

    void open() {
        follow(NodePool.class, pools, this::poolsChanged);
        follow(Node.class, nodes, this::nodeChanged);
        follow(Department.class, departments, this::departmentChanged);
        follow(Project.class, projects, this::projectChanged);
        follow(PodGroup.class, groups, this::groupChanged);
        watch(BindRequest.class, requests::told);
        watch(
                Pod.class,
                change -> change.match(
                        reset -> tasks.reset(reset.all()),
                        upserted -> tasks.tell(upserted.object()),
                        deleted -> tasks.remove(PodReading.id(deleted.object()))));
    }

    /** Whether each watch has told what there is. */
    boolean synced() {
        return untold.isEmpty() && !closed;
    }

    Snapshot snapshot(long nowMillis) {
        tasks.settle();
        return state.snapshot(nowMillis);
    }

    Requests requests() {
        return requests;
    }

    /** Whether the node's own label says that its kubelet gives devices by annotation alone. */
    boolean givesByAnnotation(String node) {
        Node known = nodes.get(node);
        return known != null
                && known.getMetadata().getLabels() != null
                && "annotation".equals(known.getMetadata().getLabels().get(Labels.FRACTIONS));
    }

    TaskBook tasks() {
        return tasks;
    }

    /** The group's object as it was told last. */
    @Nullable
    PodGroup group(String id) {
        return groups.get(id);
    }

    void close() {
        closed = true;
        watches.forEach(Cluster.Watching::close);
        tasks.close();
    }

    private interface One {
        void changed(String id);
    }

    /** Keeps the objects of a kind by id, and tells which one came, changed or went. */
    private <T extends HasMetadata> void follow(Class<T> type, Map<String, T> known, One one) {
        watch(
                type,
                change -> change.match(
                        reset -> {
                            Set<String> ids = new HashSet<>(known.keySet());
                            known.clear();
                            reset.all().forEach(object -> known.put(id(object), object));
                            ids.addAll(known.keySet());
                            ids.forEach(one::changed);
                        },
                        upserted -> {
                            known.put(id(upserted.object()), upserted.object());
                            one.changed(id(upserted.object()));
                        },
                        deleted -> {
                            known.remove(id(deleted.object()));
                            one.changed(id(deleted.object()));
                        }));
    }

    private <T extends HasMetadata> void watch(Class<T> type, Consumer<Change<T>> listener) {
        watches.add(cluster.watch(type, change -> {
            if (!closed) {
                listener.accept(change);
                if (untold.remove(type)) {
                    changed.run();
                }
            }
        }));
    }

    private static String id(HasMetadata object) {
        return ObjectKey.of(object).toString();
    }

    /** An object by the kind of what it was read as, and its id. */
    private record Seen(Class<?> kind, String id) {}

    /** Whether the object is read as something else than before: a heartbeat, or our own word in a status, wakes nobody. */
    private boolean isNews(String id, Record read) {
        return !read.equals(seen.put(new Seen(read.getClass(), id), read));
    }

    private void poolsChanged(String id) {
        NodePool pool = pools.get(id);
        if (pool == null) {
            state.removePool(id);
        } else {
            state.put(NodeReading.pool(pool));
        }
        nodes.keySet().forEach(this::nodeChanged);
        departments.keySet().forEach(this::departmentChanged);
        projects.keySet().forEach(this::projectChanged);
        changed.run();
    }

    private void nodeChanged(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            gone(dev.berth.scheduler.core.Node.class, id, state::removeNode);
            return;
        }
        dev.berth.scheduler.core.Node read = NodeReading.node(node, pools.values());
        if (isNews(id, read)) {
            state.put(read);
            changed.run();
        }
    }

    private void departmentChanged(String id) {
        Department department = departments.get(id);
        String queue = QueueReading.departmentId(id);
        if (department == null) {
            gone(Queue.class, queue, state::removeQueue);
        } else {
            queueChanged(queue, QueueReading.queue(department, pools.keySet()));
        }
    }

    private void projectChanged(String id) {
        Project project = projects.get(id);
        String queue = QueueReading.projectId(id);
        if (project == null) {
            gone(Queue.class, queue, state::removeQueue);
        } else {
            queueChanged(queue, QueueReading.queue(project, pools.keySet()));
        }
    }

    private void queueChanged(String id, Queue queue) {
        if (isNews(id, queue)) {
            state.put(queue);
            changed.run();
        }
    }

    private void groupChanged(String id) {
        PodGroup group = groups.get(id);
        if (group == null) {
            gone(Group.class, id, state::removeGroup);
            return;
        }
        Group read = QueueReading.group(group, finished.of(id));
        if (isNews(id, read)) {
            state.put(read);
            changed.run();
        }
    }

    private void gone(Class<?> kind, String id, Consumer<String> remove) {
        seen.remove(new Seen(kind, id));
        remove.accept(id);
        changed.run();
    }
}
