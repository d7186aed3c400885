package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A transaction of one tenant, as far as reading goes. */
public class Look {
    private final SqlConnection connection;
    private final UUID tenant;

    Look(SqlConnection connection, UUID tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public UUID tenant() {
        return tenant;
    }

    /** Runs one prepared statement; values are bound, never spliced. */
    public Future<RowSet<Row>> query(String sql, @Nullable Object... values) {
        return connection.preparedQuery(sql).execute(Tuple.from(values));
    }

    /** The first row, or null. */
    public Future<@Nullable Row> first(String sql, @Nullable Object... values) {
        return query(sql, values)
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }
}
