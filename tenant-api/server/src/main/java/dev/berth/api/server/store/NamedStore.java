package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Departments, projects and node pools: three tables of one shape. */
public final class NamedStore {
    public static final NamedStore DEPARTMENTS = new NamedStore("departments", "NULL::uuid", "''", "");
    public static final NamedStore PROJECTS = new NamedStore(
            "projects",
            "o.department_id",
            "coalesce(d.name, '')",
            "LEFT JOIN departments d ON d.tenant_id = o.tenant_id AND d.id = o.department_id");
    public static final NamedStore NODE_POOLS = new NamedStore(
            "node_pools",
            "o.cluster_id",
            "c.name",
            "JOIN clusters c ON c.tenant_id = o.tenant_id AND c.id = o.cluster_id");

    private final String select;
    private final String insert;
    private final String update;
    private final String delete;

    private NamedStore(String table, String parent, String parentName, String join) {
        String column = parent.startsWith("o.") ? parent.substring(2) : "";
        select =
                "SELECT o.id, o.name, o.labels::text AS labels, o.spec::text AS spec, o.generation, o.version, o.created_at,"
                        + " o.updated_at, " + parent + " AS parent, " + parentName + " AS parent_name FROM " + table
                        + " o " + join + " ";
        insert = "INSERT INTO " + table
                + " (tenant_id, id, name, labels, spec, generation, version, created_at, updated_at"
                + (column.isEmpty() ? "" : ", " + column)
                + ") VALUES ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6, $7, $8, $9"
                + (column.isEmpty() ? "" : ", $10") + ")";
        update = "UPDATE " + table
                + " SET labels = $3::text::jsonb, spec = $4::text::jsonb, generation = $5, version = $6,"
                + " updated_at = $7" + (column.isEmpty() ? "" : ", " + column + " = $8")
                + " WHERE tenant_id = $1 AND id = $2";
        delete = "DELETE FROM " + table + " WHERE tenant_id = $1 AND id = $2";
    }

    /** Those with this id or name; more than one only where names are unique within a parent. */
    public Future<List<Named>> find(Look look, String idOrName) {
        return look.query(select + "WHERE o.name = $1 OR o.id = uuid_or_null($1) ORDER BY o.id LIMIT 3", idOrName)
                .map(NamedStore::rows);
    }

    public Future<List<Named>> byIds(Look look, List<UUID> ids) {
        return look.query(select + "WHERE o.id = ANY ($1) ORDER BY o.name", (Object) ids.toArray(UUID[]::new))
                .map(NamedStore::rows);
    }

    /** A page by parent's name and name; {@code parents} are ids or names, empty: all. */
    public Future<List<Named>> page(Look look, List<String> parents, @Nullable List<String> after, int limit) {
        String sql = "SELECT * FROM (" + select + ") AS x WHERE (cardinality($1::text[]) = 0 OR parent_name = ANY ($1)"
                + " OR parent::text = ANY ($1)) AND ($2::text IS NULL OR (%s) > (%s)) ORDER BY %s LIMIT $4";
        boolean pools = this == NODE_POOLS;
        String key = pools ? "parent_name, name" : "name, name";
        String shape = String.format(sql, key, pools ? "$2, $3" : "$3, $3", pools ? key : "name");
        return look.query(
                        shape,
                        parents.toArray(String[]::new),
                        after == null ? null : after.get(0),
                        after == null ? null : after.get(1),
                        limit)
                .map(NamedStore::rows);
    }

    /** All of a tenant, for a cluster that is new. */
    public Future<List<Named>> all(Look look) {
        return look.query(select + "ORDER BY o.id").map(NamedStore::rows);
    }

    public Future<Void> insert(Change change, Named row) {
        var values = new ArrayList<@Nullable Object>(List.of(
                change.tenant(),
                row.id(),
                row.name(),
                row.labels(),
                row.spec(),
                row.generation(),
                row.version(),
                row.createdAt(),
                row.updatedAt()));
        if (hasParent()) {
            values.add(row.parent());
        }
        return change.query(insert, values.toArray()).mapEmpty();
    }

    public Future<Void> update(Change change, Named row) {
        var values = new ArrayList<@Nullable Object>(List.of(
                change.tenant(), row.id(), row.labels(), row.spec(), row.generation(), row.version(), row.updatedAt()));
        if (hasParent()) {
            values.add(row.parent());
        }
        return change.query(update, values.toArray()).mapEmpty();
    }

    public Future<Void> delete(Change change, UUID id) {
        return change.query(delete, change.tenant(), id).mapEmpty();
    }

    private boolean hasParent() {
        return this != DEPARTMENTS;
    }

    private static List<Named> rows(RowSet<Row> rows) {
        var found = new ArrayList<Named>(rows.size());
        for (Row row : rows) {
            found.add(new Named(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("labels"),
                    row.getString("spec"),
                    row.getInteger("generation"),
                    row.getLong("version"),
                    time(row, "created_at"),
                    time(row, "updated_at"),
                    row.getUUID("parent"),
                    row.getString("parent_name")));
        }
        return found;
    }

    static OffsetDateTime time(Row row, String column) {
        return row.getOffsetDateTime(column);
    }
}
