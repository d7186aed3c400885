package dev.berth.agent;

import dev.berth.schema.Database;
import dev.berth.schema.DatabaseLogin;
import dev.berth.schema.EmbeddedDatabase;
import dev.berth.tunnel.Digests;
import dev.berth.tunnel.JoinToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of a JVM, and the API's part played by hand. */
final class Store {
    private static EmbeddedDatabase running;
    private static Database logins;

    private Store() {}

    static synchronized Database logins() throws IOException {
        if (running == null) {
            EmbeddedDatabase started =
                    EmbeddedDatabase.start(Files.createTempDirectory(Path.of("target"), "pg"), 0, true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    started.close();
                } catch (IOException ignored) {
                    // The JVM ends; nothing is left to tell it to.
                }
            }));
            logins = started.migrate();
            running = started;
        }
        return logins;
    }

    static Connection admin() throws IOException, SQLException {
        logins();
        DatabaseLogin login = running.admin();
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setCurrentSchema("berth");
        return source.getConnection();
    }

    static List<String> column(Connection connection, String query, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(result.getString(1));
                }
            }
            return found;
        }
    }

    /** A tenant with a cluster and a project, each under a new id. */
    record Tenancy(Connection db, UUID tenant, UUID cluster, UUID project) {
        static Tenancy create(Connection db) throws SQLException {
            var made = new Tenancy(db, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
            made.ask(
                    "INSERT INTO tenants (id, name) VALUES (?, ?) RETURNING id",
                    made.tenant,
                    "t-" + short8(made.tenant));
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

        List<String> ask(String query, Object... values) throws SQLException {
            return column(db, query, values);
        }

        String one(String query, Object... values) throws SQLException {
            List<String> found = ask(query, values);
            return found.isEmpty() ? "" : String.valueOf(found.get(0));
        }

        JoinToken token(String lifetime) throws SQLException {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            ask(
                    "INSERT INTO join_tokens (tenant_id, cluster_id, token_sha256, expires_at) VALUES (?, ?, ?, now() + ?::interval)"
                            + " ON CONFLICT (tenant_id, cluster_id) DO UPDATE SET token_sha256 = excluded.token_sha256,"
                            + " expires_at = excluded.expires_at, used_by_key = NULL RETURNING cluster_id",
                    tenant,
                    cluster,
                    Digests.sha256(text.getBytes(StandardCharsets.US_ASCII)),
                    lifetime);
            return JoinToken.parse("bt1." + cluster + "." + text + ".none");
        }

        void desire(String kind, UUID uid, int generation, String body) throws SQLException {
            ask(
                    "SELECT append_desired(?, ?, ?, ?, ?, false)",
                    cluster,
                    kind,
                    uid.toString(),
                    generation,
                    body.getBytes(StandardCharsets.UTF_8));
        }

        void undesire(String kind, UUID uid, String body) throws SQLException {
            ask(
                    "SELECT append_desired(?, ?, ?, 99, ?, true)",
                    cluster,
                    kind,
                    uid.toString(),
                    body.getBytes(StandardCharsets.UTF_8));
        }

        void desireProject() throws SQLException {
            desire(
                    "Project",
                    project,
                    1,
                    "{\"metadata\":{\"name\":\"vision\"},\"spec\":{\"namespace\":\"berth-p-vision\"}}");
        }

        /** Writes a workload's row and its desired state. */
        UUID submit(String name) throws SQLException {
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

        static String workload(String name, UUID id, int workers) {
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
}
