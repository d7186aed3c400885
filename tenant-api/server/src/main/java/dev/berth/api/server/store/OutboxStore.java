package dev.berth.api.server.store;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** What changed in a tenant since a version. */
public final class OutboxStore {
    /** One change. */
    public record Entry(long version, String kind, String objectId, String name, String verb) {}

    /** Where the tenant's numbering stands, and up to where it was compacted. */
    public record Standing(long version, long compacted) {}

    public Future<Standing> standing(Look look) {
        return look.first("SELECT version, compacted FROM tenants")
                .map(row -> row == null
                        ? new Standing(0, 0)
                        : new Standing(row.getLong("version"), row.getLong("compacted")));
    }

    public Future<List<Entry>> since(Look look, long version, int limit) {
        return look.query(
                        "SELECT version, kind, object_id, name, verb FROM outbox WHERE version > $1 ORDER BY version LIMIT $2",
                        version,
                        limit)
                .map(rows -> {
                    var found = new ArrayList<Entry>(rows.size());
                    rows.forEach(row -> found.add(new Entry(
                            row.getLong("version"),
                            row.getString("kind"),
                            row.getString("object_id"),
                            row.getString("name"),
                            row.getString("verb"))));
                    return found;
                });
    }

    /** Removes what nobody needs any more, a piece at a time. */
    public Future<Integer> sweep(Look look, long keepRows, int keepMinutes) {
        return look.first("SELECT sweep($1, make_interval(mins => $2)) AS removed", keepRows, keepMinutes)
                .map(row -> row == null ? 0 : row.getInteger("removed"));
    }

    /** Removes entries of the desired log that a newer one of the same object stands for. */
    public Future<Integer> compactDesired(Look look, int rows) {
        return look.first("SELECT compact_desired($1) AS removed", rows)
                .map(row -> row == null ? 0 : row.getInteger("removed"));
    }
}
