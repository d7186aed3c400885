package dev.berth.loadtest;

import dev.berth.model.ClusterId;
import dev.berth.schema.DatabaseLogin;
import dev.berth.tunnel.JoinToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tenants, clusters and workloads in a database of our own: the API's part, played as the superuser and in bulk. */
final class Fleet {
    private static final int SECRET_BYTES = 32;

    /** Each cluster belongs to the tenant that its number names, has a project, and shall hold its workloads. */
    private static final String FILL = """
            WITH tenant AS (
                INSERT INTO tenants (id, name) SELECT id, 'load-' || n FROM unnest($1::uuid[]) WITH ORDINALITY t (id, n)
            ), cluster AS (
                INSERT INTO clusters (tenant_id, id, name)
                SELECT ($1::uuid[])[1 + (n - 1) % $5], id, 'load-' || n FROM unnest($2::uuid[]) WITH ORDINALITY c (id, n)
                RETURNING tenant_id, id
            ), token AS (
                INSERT INTO join_tokens (tenant_id, cluster_id, token_sha256, expires_at)
                SELECT c.tenant_id, c.id, t.hash, now() + interval '1 hour'
                FROM unnest($2::uuid[], $3::bytea[]) t (id, hash) JOIN cluster c ON c.id = t.id
            ), project AS (
                INSERT INTO projects (tenant_id, id, name, spec, version)
                SELECT id, gen_random_uuid(), 'load', '{}', 0 FROM unnest($1::uuid[]) t (id) RETURNING tenant_id, id
            ), workload AS (
                INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, spec, version)
                SELECT c.tenant_id, gen_random_uuid(), c.id, p.id, 'w-' || left(c.id::text, 8) || '-' || n, 'default', '{}', 0
                FROM cluster c JOIN project p ON p.tenant_id = c.tenant_id, generate_series(1, $4) n
                RETURNING cluster_id, id, name
            )
            SELECT cluster_id, array_agg(id::text) AS uids, array_agg(convert_to('{"metadata":{"name":"' || name
                || '","namespace":"berth-p-load"},"spec":{"project":"load","workers":1}}', 'UTF8')) AS bodies
            FROM workload GROUP BY cluster_id
            """;

    private static final String DESIRE = """
            SELECT append_desired_batch($1, array_fill('Workload'::text, ARRAY[cardinality($2)]), $2,
                array_fill(1, ARRAY[cardinality($2)]), $3, array_fill(false, ARRAY[cardinality($2)]))
            """;

    private static final String STORED =
            "SELECT id::text, (status ->> 'message')::bigint FROM workloads WHERE status ->> 'message' ~ '^[0-9]+$'";

    private final Pool pool;
    private final SecureRandom random = new SecureRandom();

    Fleet(Vertx vertx, DatabaseLogin superuser) {
        this.pool = PgBuilder.pool()
                .connectingTo(superuser.connectOptions())
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx)
                .build();
    }

    Future<List<JoinToken>> create(OwnControlPlane.Size size) {
        List<JoinToken> tokens = new ArrayList<>();
        UUID[] clusters = ids(size.clusters());
        for (UUID cluster : clusters) {
            tokens.add(new JoinToken(new ClusterId(cluster.toString()), secret(), JoinToken.NO_PIN));
        }
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(ids(size.tenants()))
                .addArrayOfUUID(clusters)
                .addArrayOfBuffer(tokens.stream()
                        .map(token -> Buffer.buffer(token.secretHash()))
                        .toArray(Buffer[]::new))
                .addInteger(size.workloads())
                .addInteger(size.tenants());
        return pool.preparedQuery(FILL)
                .execute(values)
                .compose(rows -> {
                    List<Tuple> desires = new ArrayList<>();
                    rows.forEach(row -> desires.add(Tuple.of(
                            row.getUUID("cluster_id"),
                            row.getArrayOfStrings("uids"),
                            row.getArrayOfBuffers("bodies"))));
                    return pool.preparedQuery(DESIRE).executeBatch(desires);
                })
                .map(tokens);
    }

    /** The number in the newest state of each workload that has one. */
    Future<Map<String, Long>> stored() {
        return pool.query(STORED).execute().map(rows -> {
            Map<String, Long> found = new HashMap<>();
            for (Row row : rows) {
                found.put(row.getString(0), row.getLong(1));
            }
            return found;
        });
    }

    Future<Void> close() {
        return pool.close();
    }

    private static UUID[] ids(int count) {
        UUID[] ids = new UUID[count];
        for (int i = 0; i < count; i++) {
            ids[i] = UUID.randomUUID();
        }
        return ids;
    }

    private String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
