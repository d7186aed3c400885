package dev.berth.api.server.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.NodeStore;
import dev.berth.api.server.store.OutboxStore;
import dev.berth.api.server.store.OutboxStore.Entry;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.store.WorkloadStore;
import dev.berth.api.server.usecase.Clusters;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.api.server.usecase.OrganisationView;
import dev.berth.api.server.usecase.Usage;
import dev.berth.api.server.usecase.WorkloadView;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads what changed since a version: for each object once, as it is now. */
final class ChangeReader {
    static final int MAX_ROWS = 2000;
    static final Map<String, String> TOPIC_OF_KIND =
            Map.of("Workload", "workloads", "Node", "nodes", "Cluster", "clusters", "Project", "projects");

    private final OutboxStore outbox = new OutboxStore();
    private final WorkloadStore workloads = new WorkloadStore();
    private final NodeStore nodeStore = new NodeStore();
    private final ClusterStore clusters = new ClusterStore();
    private final Nodes nodes;
    private final Usage usage = new Usage();

    ChangeReader(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * What changed.
     *
     * @param upTo the listener's cursor afterwards
     * @param more whether there is more behind it
     * @param projects whose numbers changed with their workloads
     */
    record Batch(List<Event> events, long upTo, boolean more, Set<UUID> projects) {}

    Future<OutboxStore.Standing> standing(Look look) {
        return outbox.standing(look);
    }

    Future<Batch> since(Look look, long cursor, Set<String> topics) {
        return outbox.since(look, cursor, MAX_ROWS).compose(entries -> {
            long upTo =
                    entries.isEmpty() ? cursor : entries.get(entries.size() - 1).version();
            Map<String, Map<String, Entry>> byKind = newest(entries);
            var found = new ArrayList<Event>();
            var projects = new java.util.HashSet<UUID>();
            boolean ofWorkloads = topics.contains("workloads") || topics.contains("projects");
            Future<?> work = ofWorkloads
                    ? workloadEvents(look, kind(byKind, "Workload"), found, projects)
                    : Future.succeededFuture();
            Future<?> node =
                    topics.contains("nodes") ? nodeEvents(look, kind(byKind, "Node"), found) : Future.succeededFuture();
            Future<?> cluster = topics.contains("clusters")
                    ? clusterEvents(look, kind(byKind, "Cluster"), found)
                    : Future.succeededFuture();
            Future<?> project = topics.contains("projects")
                    ? projectEvents(look, kind(byKind, "Project"), found)
                    : Future.succeededFuture();
            return Future.all(work, node, cluster, project).map(done -> {
                found.sort(Comparator.comparingLong(Event::version));
                return new Batch(found, upTo, entries.size() == MAX_ROWS, projects);
            });
        });
    }

    /** Projects whose numbers changed, as they are now. */
    Future<List<Event>> projects(Look look, Set<UUID> ids) {
        var found = new ArrayList<Event>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        ids.forEach(id -> entries.put(id.toString(), new Entry(0, "Project", id.toString(), "", "MODIFIED")));
        return projectEvents(look, entries, found).map(done -> found);
    }

    private static Map<String, Entry> kind(Map<String, Map<String, Entry>> byKind, String kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    /** By kind and object the last entry; an object that was added in this batch stays added. */
    private static Map<String, Map<String, Entry>> newest(List<Entry> entries) {
        Map<String, Map<String, Entry>> byKind = new HashMap<>();
        for (Entry entry : entries) {
            byKind.computeIfAbsent(entry.kind(), any -> new LinkedHashMap<>())
                    .merge(entry.objectId(), entry, (old, next) -> {
                        boolean stillNew =
                                old.verb().equals("ADDED") && next.verb().equals("MODIFIED");
                        return stillNew
                                ? new Entry(next.version(), next.kind(), next.objectId(), next.name(), "ADDED")
                                : next;
                    });
        }
        return byKind;
    }

    private Future<?> workloadEvents(Look look, Map<String, Entry> entries, List<Event> found, Set<UUID> projects) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        return workloads.byIds(look, ids(entries)).map(rows -> {
            Map<String, Entry> left = new HashMap<>(entries);
            for (WorkloadRow row : rows) {
                Entry entry = left.remove(row.id().toString());
                if (entry != null) {
                    projects.add(row.projectId());
                    String type = row.deleted() ? "DELETED" : entry.verb();
                    found.add(new Event(
                            entry.version(), "workloads", type, scopes(row), Json.text(WorkloadView.of(row)), row));
                }
            }
            left.values().forEach(entry -> found.add(gone(entry)));
            return null;
        });
    }

    /** What filters may ask of a workload. */
    static Set<String> scopes(WorkloadRow row) {
        return Set.of(
                "project:" + row.project(),
                "project:" + row.projectId(),
                "cluster:" + row.cluster(),
                "cluster:" + row.clusterId(),
                "pool:" + row.nodePool());
    }

    private Future<?> nodeEvents(Look look, Map<String, Entry> entries, List<Event> found) {
        Map<UUID, List<String>> byCluster = new HashMap<>();
        entries.keySet().forEach(key -> byCluster
                .computeIfAbsent(UUID.fromString(key.substring(0, 36)), any -> new ArrayList<>())
                .add(key.substring(37)));
        var loads = new ArrayList<Future<?>>();
        byCluster.forEach((cluster, names) -> loads.add(nodeStore
                .byNames(look, cluster, names)
                .compose(rows -> nodes.views(look, rows).map(views -> {
                    for (int i = 0; i < rows.size(); i++) {
                        NodeStore.Node row = rows.get(i);
                        Entry entry = entries.get(cluster + "/" + row.name());
                        if (entry != null) {
                            Set<String> scopes =
                                    Set.of("cluster:" + row.cluster(), "cluster:" + cluster, "pool:" + row.pool());
                            String type = row.deleted() ? "DELETED" : entry.verb();
                            found.add(new Event(entry.version(), "nodes", type, scopes, Json.text(views.get(i)), null));
                        }
                    }
                    return null;
                }))));
        return Future.all(loads);
    }

    private Future<?> clusterEvents(Look look, Map<String, Entry> entries, List<Event> found) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        return clusters.byIds(look, ids(entries)).map(rows -> {
            Map<String, Entry> left = new HashMap<>(entries);
            rows.forEach(row -> add(found, left.remove(row.id().toString()), Clusters.view(row)));
            left.values().forEach(entry -> found.add(gone(entry)));
            return null;
        });
    }

    private Future<?> projectEvents(Look look, Map<String, Entry> entries, List<Event> found) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        return NamedStore.PROJECTS.byIds(look, ids(entries)).compose(rows -> usage.ofProjects(look, rows)
                .map(sums -> {
                    Map<String, Entry> left = new HashMap<>(entries);
                    List<ObjectNode> views = OrganisationView.all("Project", rows, sums);
                    for (int i = 0; i < rows.size(); i++) {
                        Named row = rows.get(i);
                        add(found, left.remove(row.id().toString()), views.get(i));
                    }
                    left.values().stream()
                            .filter(entry -> entry.version() > 0)
                            .forEach(entry -> found.add(gone(entry)));
                    return null;
                }));
    }

    private static void add(List<Event> found, @org.jspecify.annotations.Nullable Entry entry, ObjectNode view) {
        if (entry != null) {
            String topic = TOPIC_OF_KIND.getOrDefault(entry.kind(), "");
            found.add(new Event(entry.version(), topic, entry.verb(), Set.of(), Json.text(view), null));
        }
    }

    private static List<UUID> ids(Map<String, Entry> entries) {
        return entries.keySet().stream().map(UUID::fromString).toList();
    }

    /** The row is gone: all that is left to say is which it was. */
    private static Event gone(Entry entry) {
        ObjectNode object =
                Json.object().put("apiVersion", Envelope.API_VERSION).put("kind", entry.kind());
        object.putObject("metadata")
                .put("id", entry.objectId())
                .put("name", entry.name())
                .put("version", entry.version());
        return new Event(
                entry.version(),
                TOPIC_OF_KIND.getOrDefault(entry.kind(), ""),
                "DELETED",
                Set.of(),
                Json.text(object),
                null);
    }
}
