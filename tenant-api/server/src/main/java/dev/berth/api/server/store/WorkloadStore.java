package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workloads: SQL and rows. */
public final class WorkloadStore {
    private static final String SELECT = "SELECT " + WorkloadRow.COLUMNS + " FROM workloads w" + WorkloadRow.JOINS;
    private static final String INSERT = """
            INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, labels, spec, requested_gpu_milli, version,
                created_at, updated_at)
            SELECT $1, u.id, u.cluster_id, u.project_id, u.name, u.node_pool, u.labels::jsonb, u.spec::jsonb, u.gpus, u.version, $10, $10
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $11::bigint[])
                AS u (id, cluster_id, project_id, name, node_pool, labels, spec, gpus, version)""";
    private static final String TAKEN =
            "SELECT w.project_id, w.name FROM unnest($1::uuid[], $2::text[]) AS u (project_id, name)"
                    + " JOIN workloads w ON w.project_id = u.project_id AND w.name = u.name AND NOT w.deleted";
    private static final String STEER =
            "UPDATE workloads SET stopped = $3, deleting = $4, deleted = $5, phase = $6, generation = generation + 1, version = $7,"
                    + " updated_at = $8 WHERE tenant_id = $1 AND id = $2";
    private static final String USAGE = """
            SELECT u.*, c.name AS cluster FROM (
                SELECT tenant_id, project_id, cluster_id, node_pool, sum(held_gpu_milli)::bigint AS held,
                    coalesce(sum(requested_gpu_milli) FILTER (WHERE NOT stopped), 0)::bigint AS requested,
                    count(*) FILTER (WHERE phase = 'Running') AS running, count(*) FILTER (WHERE phase = 'Queued') AS queued
                FROM workloads WHERE NOT deleted AND phase NOT IN ('Succeeded', 'Failed') AND project_id = ANY ($1)
                GROUP BY 1, 2, 3, 4
            ) AS u JOIN clusters c ON c.tenant_id = u.tenant_id AND c.id = u.cluster_id""";

    /** What users may sort by: the SQL column and its type. */
    private static final Map<String, String> ORDERS = Map.of(
            "createdAt",
            "w.id::uuid",
            "name",
            "w.name::text",
            "status",
            "w.phase::text",
            "gpus",
            "w.requested_gpu_milli::bigint",
            "updatedAt",
            "w.version::bigint");

    /** A row that is about to be written. */
    public record Draft(
            UUID id,
            UUID cluster,
            UUID project,
            String name,
            String nodePool,
            String labels,
            String spec,
            long gpuMilli,
            long version) {}

    /** A part of a list in an order; {@code after} holds the last row's value of that order and its id. */
    public record PageOf(
            String order, boolean downwards, @Nullable List<String> after, int limit) {}

    public Future<List<WorkloadRow>> find(Look look, String idOrName, String project) {
        String wanted = project.isEmpty() ? "" : " AND (p.name = $2 OR p.id = uuid_or_null($2))";
        String sql = SELECT + "WHERE NOT w.deleted AND (w.name = $1 OR w.id = uuid_or_null($1))" + wanted
                + " ORDER BY w.id LIMIT 2";
        return (project.isEmpty() ? look.query(sql, idOrName) : look.query(sql, idOrName, project))
                .map(WorkloadStore::rows);
    }

    /** Those with these ids, tombstones too. */
    public Future<List<WorkloadRow>> byIds(Look look, List<UUID> ids) {
        return look.query(SELECT + "WHERE w.id = ANY ($1)", (Object) ids.toArray(UUID[]::new))
                .map(WorkloadStore::rows);
    }

    public Future<List<WorkloadRow>> page(Look look, WorkloadFilter filter, PageOf page) {
        WorkloadFilter.Condition condition = filter.condition();
        var values = new ArrayList<@Nullable Object>(condition.values());
        String[] order = ORDERS.getOrDefault(page.order(), "w.id::uuid").split("::", 2);
        String direction = page.downwards() ? "DESC" : "ASC";
        String rest = "";
        List<String> after = page.after();
        if (after != null) {
            values.add(after.get(0));
            String value = "$" + values.size() + "::text::" + order[1];
            values.add(after.get(1));
            rest = " AND (" + order[0] + ", w.id) " + (page.downwards() ? "<" : ">") + " (" + value + ", $"
                    + values.size() + "::text::uuid)";
        }
        values.add(page.limit());
        String sorted = " ORDER BY " + order[0] + " " + direction + ", w.id " + direction;
        // The page's ids first: sorting whole rows would read and render the JSON of every workload there is.
        String ids = "SELECT w.tenant_id, w.id FROM workloads w WHERE " + condition.sql() + rest + sorted + " LIMIT $"
                + values.size();
        String sql =
                SELECT + "JOIN (" + ids + ") AS picked ON picked.tenant_id = w.tenant_id AND picked.id = w.id" + sorted;
        return look.query(sql, values.toArray()).map(WorkloadStore::rows);
    }

    /** The value that a row has in an order, as the cursor holds it. */
    public static String valueIn(String order, WorkloadRow row) {
        return switch (order) {
            case "name" -> row.name();
            case "status" -> row.phase();
            case "gpus" -> Long.toString(row.requestedGpuMilli());
            case "updatedAt" -> Long.toString(row.version());
            default -> row.id().toString();
        };
    }

    /** Count by phase and reason. */
    public Future<RowSet<Row>> counts(Look look, WorkloadFilter filter) {
        WorkloadFilter.Condition condition = filter.condition();
        return look.query(
                "SELECT w.phase, w.reason, count(*) AS count FROM workloads w WHERE " + condition.sql()
                        + " GROUP BY 1, 2",
                condition.values().toArray());
    }

    /** Which of the names are taken, as {@code projectId/name}. */
    public Future<List<String>> taken(Change change, List<UUID> projects, List<String> names) {
        return change.query(TAKEN, projects.toArray(UUID[]::new), names.toArray(String[]::new))
                .map(rows -> {
                    var taken = new ArrayList<String>();
                    rows.forEach(row -> taken.add(row.getUUID("project_id") + "/" + row.getString("name")));
                    return taken;
                });
    }

    public Future<Void> insert(Change change, List<Draft> drafts) {
        return change.query(
                        INSERT,
                        change.tenant(),
                        drafts.stream().map(Draft::id).toArray(UUID[]::new),
                        drafts.stream().map(Draft::cluster).toArray(UUID[]::new),
                        drafts.stream().map(Draft::project).toArray(UUID[]::new),
                        drafts.stream().map(Draft::name).toArray(String[]::new),
                        drafts.stream().map(Draft::nodePool).toArray(String[]::new),
                        drafts.stream().map(Draft::labels).toArray(String[]::new),
                        drafts.stream().map(Draft::spec).toArray(String[]::new),
                        drafts.stream().map(Draft::gpuMilli).toArray(Long[]::new),
                        change.now(),
                        drafts.stream().map(Draft::version).toArray(Long[]::new))
                .mapEmpty();
    }

    /** Writes what a user asked of a running workload. */
    public Future<Void> steer(Change change, WorkloadRow row) {
        return change.query(
                        STEER,
                        change.tenant(),
                        row.id(),
                        row.stopped(),
                        row.deleting(),
                        row.deleted(),
                        row.phase(),
                        row.version(),
                        row.updatedAt())
                .mapEmpty();
    }

    /** What the unfinished workloads of each project hold and ask for in each pool of each cluster. */
    public Future<RowSet<Row>> usage(Look look, List<UUID> projects) {
        return look.query(USAGE, (Object) projects.toArray(UUID[]::new));
    }

    /** Whether the project has workloads; its tombstones are removed, so that it can go. */
    public Future<Boolean> projectBusy(Change change, UUID project) {
        return change.query(
                        "DELETE FROM workloads WHERE tenant_id = $1 AND project_id = $2 AND deleted",
                        change.tenant(),
                        project)
                .compose(v -> change.query("SELECT 1 FROM workloads WHERE project_id = $1 LIMIT 1", project))
                .map(rows -> rows.size() > 0);
    }

    private static List<WorkloadRow> rows(RowSet<Row> rows) {
        var found = new ArrayList<WorkloadRow>(rows.size());
        rows.forEach(row -> found.add(WorkloadRow.of(row)));
        return found;
    }
}
