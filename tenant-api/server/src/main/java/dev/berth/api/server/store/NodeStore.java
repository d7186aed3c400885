package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nodes as their clusters report them, and which workloads hold their GPUs. */
public final class NodeStore {
    private static final String SELECT =
            "SELECT n.cluster_id, c.name AS cluster, n.name, n.pool, n.ready, n.gpus, n.body::text AS body, n.version, n.deleted,"
                    + " n.created_at, n.updated_at FROM nodes n JOIN clusters c ON c.tenant_id = n.tenant_id AND c.id = n.cluster_id ";
    private static final String LIVE_PODS =
            "SELECT w.id, w.name, p.name AS project, w.cluster_id, pod.value ->> 'node' AS node,"
                    + " array_of(pod.value -> 'gpus')::text AS gpus, bounded(pod.value -> 'gpuMilli', 1000)::int AS milli,"
                    + " bounded(w.spec #> '{resources,cpuMilli}', 10000000) AS cpu,"
                    + " bounded(w.spec #> '{resources,memoryMib}', 1073741824) AS memory"
                    + " FROM workloads w, LATERAL jsonb_array_elements(array_of(w.status -> 'pods')) AS pod,"
                    // Fenced, so that tables without statistics do not lead to reading all projects for each workload.
                    + " LATERAL (SELECT o.name FROM projects o WHERE o.tenant_id = w.tenant_id AND o.id = w.project_id OFFSET 0) AS p"
                    + " WHERE NOT w.deleted AND w.phase NOT IN ('Succeeded', 'Failed') AND w.cluster_id = ANY ($1)"
                    // The names as keys, made once: a list of 500 would be walked for each pod.
                    + " AND (SELECT jsonb_object($2::text[], $2::text[])) ? (pod.value ->> 'node')"
                    + " AND coalesce(pod.value ->> 'phase', '') NOT IN ('Succeeded', 'Failed')"
                    + " ORDER BY w.id";
    private static final String HOLDERS =
            "SELECT w.id, w.name, p.name AS project, w.phase, (w.status -> 'pods')::text AS pods FROM workloads w"
                    + " JOIN projects p ON p.tenant_id = w.tenant_id AND p.id = w.project_id"
                    + " WHERE w.cluster_id = $1 AND w.held_gpu_milli > 0 AND NOT w.deleted ORDER BY w.id";

    /** One row; {@code body} is the report as JSON text. */
    public record Node(
            UUID clusterId,
            String cluster,
            String name,
            String pool,
            boolean ready,
            int gpus,
            String body,
            long version,
            boolean deleted,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt) {}

    /**
     * A pod that runs on a node of the page.
     *
     * @param gpus its indices as JSON text
     * @param milli thousandths of each of them
     */
    public record LivePod(
            UUID workload,
            String name,
            String project,
            UUID cluster,
            String node,
            String gpus,
            int milli,
            long cpuMilli,
            long memoryMib) {}

    /** A workload that holds GPUs, with its pods as JSON text. */
    public record Holder(UUID workload, String name, String project, String phase, String pods) {}

    /** A page by cluster name and name. */
    public Future<List<Node>> page(
            Look look, List<String> clusters, List<String> pools, @Nullable List<String> after, int limit) {
        return look.query(
                        SELECT
                                + "WHERE NOT n.deleted AND (cardinality($1::text[]) = 0 OR c.name = ANY ($1) OR c.id::text = ANY ($1))"
                                + " AND (cardinality($2::text[]) = 0 OR n.pool = ANY ($2))"
                                + " AND ($3::text IS NULL OR (c.name, n.name) > ($3, $4)) ORDER BY c.name, n.name LIMIT $5",
                        clusters.toArray(String[]::new),
                        pools.toArray(String[]::new),
                        after == null ? null : after.get(0),
                        after == null ? null : after.get(1),
                        limit)
                .map(NodeStore::rows);
    }

    /** Those with these names in one cluster, gone ones too. */
    public Future<List<Node>> byNames(Look look, UUID cluster, List<String> names) {
        return look.query(
                        SELECT + "WHERE n.cluster_id = $1 AND n.name = ANY ($2) ORDER BY n.name",
                        cluster,
                        names.toArray(String[]::new))
                .map(NodeStore::rows);
    }

    public Future<List<Node>> ofCluster(Look look, UUID cluster) {
        return look.query(SELECT + "WHERE n.cluster_id = $1 AND NOT n.deleted ORDER BY n.name", cluster)
                .map(NodeStore::rows);
    }

    public Future<List<LivePod>> podsOn(Look look, List<Node> nodes) {
        UUID[] clusters = nodes.stream().map(Node::clusterId).distinct().toArray(UUID[]::new);
        String[] names = nodes.stream().map(Node::name).distinct().toArray(String[]::new);
        return look.query(LIVE_PODS, clusters, names).map(rows -> {
            var found = new ArrayList<LivePod>(rows.size());
            rows.forEach(row -> found.add(new LivePod(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("project"),
                    row.getUUID("cluster_id"),
                    row.getString("node"),
                    row.getString("gpus"),
                    row.getInteger("milli"),
                    row.getLong("cpu"),
                    row.getLong("memory"))));
            return found;
        });
    }

    public Future<List<Holder>> holders(Look look, UUID cluster) {
        return look.query(HOLDERS, cluster).map(rows -> {
            var found = new ArrayList<Holder>(rows.size());
            rows.forEach(row -> found.add(new Holder(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("project"),
                    row.getString("phase"),
                    row.getString("pods"))));
            return found;
        });
    }

    /** Nodes, GPUs and held thousandths of each pool, by cluster id and pool name. */
    public Future<RowSet<Row>> poolSums(Look look, List<UUID> clusters) {
        return look.query(
                "SELECT coalesce(n.cluster_id, w.cluster_id) AS cluster_id, coalesce(n.pool, w.pool) AS pool, coalesce(n.nodes, 0) AS nodes,"
                        + " coalesce(n.gpus, 0) AS gpus, coalesce(w.held, 0) AS held FROM"
                        + " (SELECT cluster_id, pool, count(*) AS nodes, sum(gpus) AS gpus FROM nodes WHERE NOT deleted AND cluster_id = ANY ($1)"
                        + " GROUP BY 1, 2) AS n FULL JOIN"
                        + " (SELECT cluster_id, node_pool AS pool, sum(held_gpu_milli)::bigint AS held FROM workloads WHERE NOT deleted"
                        + " AND held_gpu_milli > 0 AND cluster_id = ANY ($1) GROUP BY 1, 2) AS w USING (cluster_id, pool)",
                (Object) clusters.toArray(UUID[]::new));
    }

    private static List<Node> rows(RowSet<Row> rows) {
        var found = new ArrayList<Node>(rows.size());
        for (Row row : rows) {
            found.add(new Node(
                    row.getUUID("cluster_id"),
                    row.getString("cluster"),
                    row.getString("name"),
                    row.getString("pool"),
                    row.getBoolean("ready"),
                    row.getInteger("gpus"),
                    row.getString("body"),
                    row.getLong("version"),
                    row.getBoolean("deleted"),
                    row.getOffsetDateTime("created_at"),
                    row.getOffsetDateTime("updated_at")));
        }
        return found;
    }
}
