package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of one tenant that changes something. It holds the tenant's lock from its beginning, so versions are given
 * without asking the database again; {@link #flush} writes outbox and desired log in one go before the commit.
 */
public final class Change extends Look {
    private static final String OUTBOX = """
            INSERT INTO outbox (tenant_id, version, kind, object_id, name, verb)
            SELECT $1, u.version, u.kind, u.object_id, u.name, u.verb
            FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[]) AS u (version, kind, object_id, name, verb)""";
    private static final String VERSION = "UPDATE tenants SET version = $2 WHERE id = $1";
    private static final String DESIRED =
            "SELECT append_desired_batch($1, $2::text[], $3::text[], $4::int[], $5::bytea[], $6::bool[])";

    /** One object that a cluster shall hold, or no longer hold; the body of a tombstone still says which it was. */
    public record Desired(String kind, String uid, int generation, Buffer body, boolean deleted) {}

    private record Touched(long version, String kind, String id, String name, String verb) {}

    private final OffsetDateTime now;
    private final List<Touched> touched = new ArrayList<>();
    // Sorted, because cluster rows are locked in the order of their ids.
    private final Map<UUID, List<Desired>> desired = new TreeMap<>();
    private long version;

    Change(SqlConnection connection, UUID tenant, long version, OffsetDateTime now) {
        super(connection, tenant);
        this.version = version;
        this.now = now;
    }

    /** The time of this change. */
    public OffsetDateTime now() {
        return now;
    }

    /** Notes that the object changed; returns the version that its row gets. */
    public long touch(String kind, String id, String name, String verb) {
        version++;
        touched.add(new Touched(version, kind, id, name, verb));
        return version;
    }

    /** Notes what the cluster shall hold, behind what was noted before. */
    public void desire(UUID cluster, Desired object) {
        desired.computeIfAbsent(cluster, any -> new ArrayList<>()).add(object);
    }

    /** The version of the last object touched. */
    public long version() {
        return version;
    }

    boolean changed() {
        return !touched.isEmpty();
    }

    Set<UUID> clusters() {
        return desired.keySet();
    }

    Future<Void> flush() {
        var done = new ArrayList<Future<?>>();
        if (!touched.isEmpty()) {
            done.add(query(
                    OUTBOX,
                    tenant(),
                    touched.stream().map(Touched::version).toArray(Long[]::new),
                    texts(touched.stream().map(Touched::kind).toList()),
                    texts(touched.stream().map(Touched::id).toList()),
                    texts(touched.stream().map(Touched::name).toList()),
                    texts(touched.stream().map(Touched::verb).toList())));
            done.add(query(VERSION, tenant(), version));
        }
        desired.forEach((cluster, objects) -> done.add(append(cluster, objects)));
        return Future.all(done).mapEmpty();
    }

    private Future<?> append(UUID cluster, List<Desired> objects) {
        return query(
                DESIRED,
                cluster,
                texts(objects.stream().map(Desired::kind).toList()),
                texts(objects.stream().map(Desired::uid).toList()),
                objects.stream().map(Desired::generation).toArray(Integer[]::new),
                objects.stream().map(Desired::body).toArray(Buffer[]::new),
                objects.stream().map(Desired::deleted).toArray(Boolean[]::new));
    }

    private static @Nullable Object texts(List<String> values) {
        return values.toArray(String[]::new);
    }
}
