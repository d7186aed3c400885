package dev.berth.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A tenant with a cluster and a project, each under a new id; the API's part is played by hand. */
public record Tenancy(Connection db, UUID tenant, UUID cluster, UUID project) {
    public static Tenancy create(Connection db) throws SQLException {
        var made = new Tenancy(db, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        made.ask("INSERT INTO tenants (id, name) VALUES (?, ?) RETURNING id", made.tenant, "t-" + short8(made.tenant));
        made.ask(
                "INSERT INTO clusters (tenant_id, id, name) VALUES (?, ?, 'c') RETURNING id",
                made.tenant,
                made.cluster);
        made.ask(
                "INSERT INTO projects (tenant_id, id, name, spec, version) VALUES (?, ?, 'vision', '{}', 0) RETURNING id",
                made.tenant,
                made.project);
        return made;
    }

    /** Another cluster of the same tenant. */
    public Tenancy sibling() throws SQLException {
        var made = new Tenancy(db, tenant, UUID.randomUUID(), project);
        made.ask(
                "INSERT INTO clusters (tenant_id, id, name) VALUES (?, ?, ?) RETURNING id",
                tenant,
                made.cluster,
                "c-" + short8(made.cluster));
        return made;
    }

    public List<String> ask(String query, Object... values) throws SQLException {
        return SharedDatabase.column(db, query, values);
    }

    public String one(String query, Object... values) throws SQLException {
        List<String> found = ask(query, values);
        return found.isEmpty() ? "" : String.valueOf(found.get(0));
    }

    /** A join token, as its text, that lives as long as PostgreSQL reads from {@code lifetime}. */
    public String token(String lifetime) throws Exception {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        ask(
                "INSERT INTO join_tokens (tenant_id, cluster_id, token_sha256, expires_at) VALUES (?, ?, ?, now() + ?::interval)"
                        + " ON CONFLICT (tenant_id, cluster_id) DO UPDATE SET token_sha256 = excluded.token_sha256,"
                        + " expires_at = excluded.expires_at, used_by_key = NULL RETURNING cluster_id",
                tenant,
                cluster,
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)),
                lifetime);
        return "bt1." + cluster + "." + text + ".none";
    }

    public void desire(String kind, UUID uid, int generation, String body) throws SQLException {
        ask(
                "SELECT append_desired(?, ?, ?, ?, ?, false)",
                cluster,
                kind,
                uid.toString(),
                generation,
                body.getBytes(StandardCharsets.UTF_8));
    }

    public void undesire(String kind, UUID uid, String body) throws SQLException {
        ask(
                "SELECT append_desired(?, ?, ?, 99, ?, true)",
                cluster,
                kind,
                uid.toString(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    public void desireProject() throws SQLException {
        desire(
                "Project",
                project,
                1,
                "{\"metadata\":{\"name\":\"vision\"},\"spec\":{\"namespace\":\"berth-p-vision\"}}");
    }

    /** Writes a workload's row and its desired state. */
    public UUID submit(String name) throws SQLException {
        UUID id = UUID.randomUUID();
        ask(
                "INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, spec, version)"
                        + " VALUES (?, ?, ?, ?, ?, 'default', '{}', 0) RETURNING id",
                tenant,
                id,
                cluster,
                project,
                name);
        desire("Workload", id, 1, workload(name, id, 1));
        return id;
    }

    public static String workload(String name, UUID id, int workers) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"berth-p-vision\",\"labels\":{\"berth.dev/workload-id\":\""
                + id
                + "\"}},\"spec\":{\"project\":\"vision\",\"nodePool\":\"default\",\"kind\":\"training\",\"workers\":"
                + workers
                + ",\"minWorkers\":1,\"priorityClass\":\"train\",\"pod\":{\"image\":\"x\",\"gpu\":{\"devices\":1}}}}";
    }

    private static String short8(UUID id) {
        return id.toString().substring(0, 8);
    }
}
