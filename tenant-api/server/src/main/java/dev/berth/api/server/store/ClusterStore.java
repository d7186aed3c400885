package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clusters with what their nodes add up to, and their join tokens. */
public final class ClusterStore {
    private static final String SELECT = """
            SELECT c.id, c.name, c.labels::text AS labels, c.spec::text AS spec, c.state, c.last_seen_at, c.agent_version, c.version,
                c.created_at, c.updated_at, coalesce(n.nodes, 0) AS nodes, coalesce(n.gpus, 0) AS gpus, coalesce(w.held, 0) AS held
            FROM clusters c
            LEFT JOIN LATERAL (SELECT count(*) AS nodes, sum(o.gpus) AS gpus FROM nodes o
                WHERE o.tenant_id = c.tenant_id AND o.cluster_id = c.id AND NOT o.deleted) AS n ON true
            LEFT JOIN LATERAL (SELECT sum(k.held_gpu_milli) AS held FROM workloads k
                WHERE k.tenant_id = c.tenant_id AND k.cluster_id = c.id AND k.held_gpu_milli > 0 AND NOT k.deleted) AS w ON true
            """;

    /** One row. */
    public record Cluster(
            UUID id,
            String name,
            String labels,
            String spec,
            String state,
            @Nullable OffsetDateTime lastSeenAt,
            String agentVersion,
            long version,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            long nodes,
            long gpus,
            long heldGpuMilli) {}

    /** Enough to address one. */
    public record Key(UUID id, String name) {}

    public Future<@Nullable Cluster> find(Look look, String idOrName) {
        return look.query(SELECT + "WHERE c.name = $1 OR c.id = uuid_or_null($1) LIMIT 1", idOrName)
                .map(ClusterStore::rows)
                .map(rows -> rows.isEmpty() ? null : rows.get(0));
    }

    public Future<List<Cluster>> page(Look look, @Nullable String after, int limit) {
        return look.query(SELECT + "WHERE $1::text IS NULL OR c.name > $1 ORDER BY c.name LIMIT $2", after, limit)
                .map(ClusterStore::rows);
    }

    public Future<List<Cluster>> byIds(Look look, List<UUID> ids) {
        return look.query(SELECT + "WHERE c.id = ANY ($1) ORDER BY c.name", (Object) ids.toArray(UUID[]::new))
                .map(ClusterStore::rows);
    }

    /** Every cluster of the tenant, in the order in which their rows are locked. */
    public Future<List<Key>> keys(Look look) {
        return look.query("SELECT id, name FROM clusters ORDER BY id").map(rows -> {
            var keys = new ArrayList<Key>(rows.size());
            rows.forEach(row -> keys.add(new Key(row.getUUID("id"), row.getString("name"))));
            return keys;
        });
    }

    public Future<Void> insert(Change change, Named row) {
        return change.query(
                        "INSERT INTO clusters (tenant_id, id, name, labels, spec, version, created_at, updated_at)"
                                + " VALUES ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6, $7, $7)",
                        change.tenant(),
                        row.id(),
                        row.name(),
                        row.labels(),
                        row.spec(),
                        row.version(),
                        row.createdAt())
                .mapEmpty();
    }

    /** Whether it holds workloads that are not gone. */
    public Future<Boolean> busy(Look look, UUID cluster) {
        return look.query("SELECT 1 FROM workloads WHERE cluster_id = $1 AND NOT deleted LIMIT 1", cluster)
                .map(rows -> rows.size() > 0);
    }

    /** Removes it with its tombstones, nodes and pools. */
    public Future<Void> delete(Change change, UUID cluster) {
        return change.query(
                        "DELETE FROM workloads WHERE tenant_id = $1 AND cluster_id = $2 AND deleted",
                        change.tenant(),
                        cluster)
                .compose(v ->
                        change.query("DELETE FROM clusters WHERE tenant_id = $1 AND id = $2", change.tenant(), cluster))
                .mapEmpty();
    }

    /** Replaces the token that was not used yet. */
    public Future<Void> putJoinToken(Change change, UUID cluster, Buffer sha256, OffsetDateTime expiresAt) {
        return change.query(
                        "INSERT INTO join_tokens (tenant_id, cluster_id, token_sha256, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)"
                                + " ON CONFLICT (tenant_id, cluster_id) DO UPDATE SET token_sha256 = excluded.token_sha256,"
                                + " created_at = excluded.created_at, expires_at = excluded.expires_at, used_by_key = NULL",
                        change.tenant(),
                        cluster,
                        sha256,
                        change.now(),
                        expiresAt)
                .mapEmpty();
    }

    private static List<Cluster> rows(RowSet<Row> rows) {
        var found = new ArrayList<Cluster>(rows.size());
        for (Row row : rows) {
            found.add(new Cluster(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("labels"),
                    row.getString("spec"),
                    row.getString("state"),
                    row.getOffsetDateTime("last_seen_at"),
                    row.getString("agent_version"),
                    row.getLong("version"),
                    row.getOffsetDateTime("created_at"),
                    row.getOffsetDateTime("updated_at"),
                    row.getLong("nodes"),
                    row.getLong("gpus"),
                    row.getLong("held")));
        }
        return found;
    }
}
