package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster is known to be, told one change at a time and in any order: a task may come before its node or its group.
 *
 * <p>Each change costs no more than what it touches; {@link #snapshot} makes anew only the nodes and gangs that changed since
 * the last one and shares the rest. One thread at a time.
 */
public final class ClusterState {
    private final Map<String, Pool> pools = new TreeMap<>();
    private final Map<String, Queue> queues = new TreeMap<>();
    private final TreeMap<String, NodeEntry> nodes = new TreeMap<>();
    private final TreeMap<String, GroupEntry> groups = new TreeMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private final Map<Request, Request> requests = new HashMap<>();
    private final Map<String, Arrivals> arrivals = new TreeMap<>();
    private final Map<String, Topology> topologies = new TreeMap<>();
    private final Map<String, DeviceClaim> claims = new TreeMap<>();
    private @Nullable List<NodeState> nodeList;
    private @Nullable List<Gang> gangList;
    private @Nullable List<Queue> queueList;

    private static final int MAX_INTERNED = 1 << 16;

    public void put(Pool pool) {
        pools.put(pool.name(), pool);
    }

    public void removePool(String name) {
        pools.remove(name);
    }

    public void put(Queue queue) {
        if (!queue.equals(queues.put(queue.id(), queue))) {
            queueList = null;
        }
    }

    public void removeQueue(String id) {
        if (queues.remove(id) != null) {
            queueList = null;
        }
    }

    public void put(Topology topology) {
        topologies.put(topology.name(), topology);
    }

    public void removeTopology(String name) {
        topologies.remove(name);
    }

    public void put(DeviceClaim claim) {
        claims.put(claim.id(), claim);
    }

    public void removeClaim(String id) {
        claims.remove(id);
    }

    public void put(Node node) {
        NodeEntry entry = nodes.computeIfAbsent(node.name(), name -> new NodeEntry());
        if (!node.equals(entry.node)) {
            entry.node = node;
            touch(entry);
        }
    }

    public void removeNode(String name) {
        NodeEntry entry = nodes.get(name);
        if (entry != null) {
            entry.node = null;
            touch(entry);
            forgetIfEmpty(name, entry);
        }
    }

    public void put(Group group) {
        GroupEntry entry = groups.computeIfAbsent(group.id(), id -> new GroupEntry());
        if (group.equals(entry.group)) {
            return;
        }
        boolean isNew = entry.group == null;
        entry.group = group;
        touch(entry);
        if (isNew) {
            entry.tasks.values().forEach(task -> count(group, task));
        }
    }

    public void removeGroup(String id) {
        GroupEntry entry = groups.get(id);
        if (entry != null) {
            entry.group = null;
            touch(entry);
            forgetIfEmpty(id, entry);
        }
    }

    /** Tells a task, new or changed. A pod that succeeded or failed is not told but {@linkplain #removeTask removed}. */
    public void put(Task told) {
        Task task = interned(told);
        Task before = tasks.put(task.id(), task);
        if (task.equals(before)) {
            return;
        }
        if (before != null) {
            leave(before);
        }
        Spot spot = task.spot();
        if (spot != null) {
            NodeEntry entry = nodes.computeIfAbsent(spot.node(), name -> new NodeEntry());
            entry.tasks.put(task.id(), task);
            touch(entry);
        }
        if (!task.group().isEmpty()) {
            GroupEntry entry = groups.computeIfAbsent(task.group(), id -> new GroupEntry());
            entry.tasks.put(task.id(), task);
            touch(entry);
            if (before == null && entry.group != null) {
                count(entry.group, task);
            }
        }
    }

    public void removeTask(String id) {
        Task before = tasks.remove(id);
        if (before != null) {
            leave(before);
        }
    }

    /** The task as it was told last, or null. */
    public @Nullable Task task(String id) {
        return tasks.get(id);
    }

    /** Takes for granted that the bind will succeed, until the cluster says what became of it. */
    public void assume(Statement.Bind bind) {
        Task task = tasks.get(bind.task());
        if (task != null && task.state() == Task.State.PENDING) {
            put(task.running(bind.spot()));
        }
    }

    /** The picture as of now. */
    public Snapshot snapshot(long nowMillis) {
        List<NodeState> nodeStates = nodeList == null ? nodeList = nodeStates() : nodeList;
        List<Gang> gangs = gangList == null ? gangList = gangs() : gangList;
        List<Queue> allQueues = queueList == null ? queueList = List.copyOf(queues.values()) : queueList;
        Map<String, Popularity> popularity = new TreeMap<>();
        arrivals.forEach((pool, counted) -> popularity.put(pool, counted.popularity()));
        return new Snapshot(
                nowMillis,
                Collections.unmodifiableMap(new TreeMap<>(pools)),
                allQueues,
                nodeStates,
                gangs,
                Collections.unmodifiableMap(popularity),
                Collections.unmodifiableMap(new TreeMap<>(topologies)),
                Collections.unmodifiableMap(new TreeMap<>(claims)));
    }

    private List<NodeState> nodeStates() {
        List<NodeState> list = new ArrayList<>(nodes.size());
        for (NodeEntry entry : nodes.values()) {
            if (entry.node != null) {
                if (entry.state == null) {
                    entry.state = new NodeState(entry.node, entry.tasks.values());
                }
                list.add(entry.state);
            }
        }
        return Collections.unmodifiableList(list);
    }

    private List<Gang> gangs() {
        List<Gang> list = new ArrayList<>(groups.size());
        for (GroupEntry entry : groups.values()) {
            if (entry.group != null) {
                if (entry.gang == null) {
                    entry.gang = new Gang(entry.group, entry.tasks.values());
                }
                list.add(entry.gang);
            }
        }
        return Collections.unmodifiableList(list);
    }

    /** Equal requests become one object, so that a cycle can tell classes apart by looking at them once. */
    private Task interned(Task task) {
        if (requests.size() >= MAX_INTERNED) {
            requests.clear();
        }
        Request known = requests.computeIfAbsent(task.request(), request -> request);
        return known == task.request() ? task : task.asking(known);
    }

    private void count(Group group, Task task) {
        arrivals.computeIfAbsent(group.pool(), pool -> new Arrivals()).count(task.request());
    }

    private void leave(Task task) {
        Spot spot = task.spot();
        NodeEntry node = spot == null ? null : nodes.get(spot.node());
        if (spot != null && node != null) {
            node.tasks.remove(task.id());
            touch(node);
            forgetIfEmpty(spot.node(), node);
        }
        GroupEntry group = groups.get(task.group());
        if (group != null) {
            group.tasks.remove(task.id());
            touch(group);
            forgetIfEmpty(task.group(), group);
        }
    }

    private void touch(NodeEntry entry) {
        entry.state = null;
        nodeList = null;
    }

    private void touch(GroupEntry entry) {
        entry.gang = null;
        gangList = null;
    }

    private void forgetIfEmpty(String name, NodeEntry entry) {
        if (entry.node == null && entry.tasks.isEmpty()) {
            nodes.remove(name);
        }
    }

    private void forgetIfEmpty(String id, GroupEntry entry) {
        if (entry.group == null && entry.tasks.isEmpty()) {
            groups.remove(id);
        }
    }

    private static final class NodeEntry {
        private @Nullable Node node;
        private @Nullable NodeState state;
        private final Map<String, Task> tasks = new TreeMap<>();
    }

    private static final class GroupEntry {
        private @Nullable Group group;
        private @Nullable Gang gang;
        private final Map<String, Task> tasks = new TreeMap<>();
    }
}
