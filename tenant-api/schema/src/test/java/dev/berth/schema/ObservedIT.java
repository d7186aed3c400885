package dev.berth.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of a cluster become rows, versions and outbox entries, whatever the reports hold. */
final class ObservedIT {
    private static final String RUNNING =
            "{\"status\":{\"phase\":\"Running\",\"reason\":\"\",\"pods\":[{\"name\":\"w-0\",\"node\":\"n1\",\"gpus\":[0,3],\"gpuMilli\":500,\"phase\":\"Running\"}]}}";

    private final UUID tenant = UUID.randomUUID();
    private final UUID cluster = UUID.randomUUID();
    private final UUID project = UUID.randomUUID();
    private Connection admin;

    private record Report(String kind, String uid, String body, boolean deleted) {}

    @BeforeEach
    void aClusterWithAProject() throws Exception {
        admin = SharedDatabase.admin();
        ask(
                "INSERT INTO tenants (id, name) VALUES (?, ?) RETURNING id",
                tenant,
                "o-" + tenant.toString().substring(0, 8));
        ask("INSERT INTO clusters (tenant_id, id, name) VALUES (?, ?, 'c') RETURNING id", tenant, cluster);
        ask(
                "INSERT INTO projects (tenant_id, id, name, spec, version) VALUES (?, ?, 'p', '{}', 0) RETURNING id",
                tenant,
                project);
    }

    @AfterEach
    void close() throws SQLException {
        admin.close();
    }

    @Test
    void aStatusIsWrittenOnceWithItsGpus() throws Exception {
        UUID workload = workload("w");

        assertThat(report(new Report("Workload", workload.toString(), RUNNING, false)))
                .isEqualTo(1);
        assertThat(report(new Report("Workload", workload.toString(), RUNNING, false)))
                .isZero();

        assertThat(ask("SELECT phase || ' ' || held_gpu_milli || ' ' || version FROM workloads WHERE id = ?", workload))
                .containsExactly("Running 1000 1");
        assertThat(ask("SELECT version || ' ' || verb FROM outbox WHERE tenant_id = ?", tenant))
                .containsExactly("1 MODIFIED");
    }

    @Test
    void aFinalPhaseStays() throws Exception {
        UUID workload = workload("w");
        report(new Report("Workload", workload.toString(), "{\"status\":{\"phase\":\"Succeeded\"}}", false));
        report(new Report("Workload", workload.toString(), RUNNING, false));

        assertThat(ask("SELECT phase || ' ' || held_gpu_milli FROM workloads WHERE id = ?", workload))
                .containsExactly("Succeeded 0");
    }

    @Test
    void aWorkloadIsGoneOnlyWhenAUserAskedForIt() throws Exception {
        UUID workload = workload("w");
        report(new Report("Workload", workload.toString(), "", true));
        assertThat(ask("SELECT phase || ' ' || deleted FROM workloads WHERE id = ?", workload))
                .containsExactly("Unknown false");

        ask("UPDATE workloads SET deleting = true WHERE id = ? RETURNING id", workload);
        report(new Report("Workload", workload.toString(), RUNNING, false));
        assertThat(ask("SELECT phase || ' ' || deleted FROM workloads WHERE id = ?", workload))
                .containsExactly("Stopping false");
        report(new Report("Workload", workload.toString(), "", true));
        assertThat(ask("SELECT deleted::text FROM workloads WHERE id = ?", workload))
                .containsExactly("true");
    }

    @Test
    void aTombstoneOfWhatWasNeverSeenIsGoneWithItsAcknowledgement() throws Exception {
        UUID workload = workload("w");
        ask("UPDATE workloads SET deleting = true WHERE id = ? RETURNING id", workload);
        ask("SELECT append_desired(?, 'Workload', ?, 2, '{}', true)", cluster, workload.toString());

        assertThat(ask("SELECT desired_acknowledged(?, ?, 0, 1)", tenant, cluster))
                .containsExactly("1");
        assertThat(ask("SELECT deleted::text FROM workloads WHERE id = ?", workload))
                .containsExactly("true");
    }

    @Test
    void nodesComeChangeAndGo() throws Exception {
        String one = "{\"name\":\"n1\",\"pool\":\"a100\",\"ready\":true,\"gpus\":8}";
        report(new Report("Node", "u1", one, false), new Report("Node", "u2", one.replace("n1", "n2"), false));
        report(new Report("Node", "u1", one.replace("true", "false"), false));
        long last = report(new Report("Node", "u2", "", true));

        assertThat(ask(
                        "SELECT name || ' ' || pool || ' ' || gpus || ' ' || ready || ' ' || deleted FROM nodes WHERE tenant_id = ? ORDER BY name",
                        tenant))
                .containsExactly("n1 a100 8 false false", "n2 a100 8 true true");
        assertThat(ask("SELECT kind || ' ' || verb FROM outbox WHERE tenant_id = ? ORDER BY version", tenant))
                .containsExactly(
                        "Node ADDED",
                        "Node ADDED",
                        "Cluster MODIFIED",
                        "Node MODIFIED",
                        "Cluster MODIFIED",
                        "Node DELETED",
                        "Cluster MODIFIED");
        assertThat(last).isEqualTo(7);
    }

    @Test
    void garbageAndForeignObjectsAreLeftOut() throws Exception {
        UUID workload = workload("w");
        UUID elsewhere = UUID.randomUUID();
        ask("INSERT INTO clusters (tenant_id, id, name) VALUES (?, ?, 'other') RETURNING id", tenant, elsewhere);
        UUID foreign = UUID.randomUUID();
        ask(
                "INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, spec, version)"
                        + " VALUES (?, ?, ?, ?, 'f', 'default', '{}', 0) RETURNING id",
                tenant,
                foreign,
                elsewhere,
                project);

        long last = report(
                new Report("Workload", foreign.toString(), RUNNING, false),
                new Report("Workload", UUID.randomUUID().toString(), RUNNING, false),
                new Report("Workload", "'; DROP TABLE workloads", RUNNING, false),
                new Report("Workload", workload.toString(), "{\"status\":{\"phase\":", false),
                new Report("Node", "u", "{\"name\":7}", false),
                new Report("Node", "u2", "{\"name\":\"n\",\"gpus\":1e300,\"ready\":\"perhaps\"}", false),
                new Report("Secret", "u3", "{}", false));

        assertThat(ask("SELECT phase FROM workloads WHERE tenant_id = ? ORDER BY name", tenant))
                .containsExactly("Queued", "Queued");
        assertThat(ask("SELECT name || ' ' || gpus || ' ' || ready FROM nodes WHERE tenant_id = ?", tenant))
                .containsExactly("n 64 false");
        assertThat(last).isEqualTo(2);
    }

    /** The planner has no statistics yet, as in the first minute of every large cluster. */
    @Test
    void aReportReadsItsOwnWorkloadAndNotTheWholeCluster() throws Exception {
        ask(
                "INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, spec, version)"
                        + " SELECT ?, gen_random_uuid(), ?, ?, 'w-' || n, 'default', '{}', 0 FROM generate_series(1, 5000) n RETURNING id",
                tenant,
                cluster,
                project);
        List<String> ids = ask("SELECT id FROM workloads WHERE tenant_id = ?", tenant);
        admin.setAutoCommit(false);
        for (int batch = 0; batch < 10; batch++) {
            var reports = ids.subList(batch * 500, batch * 500 + 500).stream()
                    .map(id -> new Report("Workload", id, RUNNING, false))
                    .toArray(Report[]::new);
            report(reports);
        }
        String read = ask("SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " FROM pg_stat_xact_user_tables WHERE relname = 'workloads'")
                .get(0);
        admin.commit();
        assertThat(Long.parseLong(read)).as("rows read for 5000 reports").isBetween(5_000L, 30_000L);
        assertThat(ask("SELECT count(*) FROM workloads WHERE tenant_id = ? AND phase = 'Running'", tenant))
                .containsExactly("5000");
        admin.setAutoCommit(true);
    }

    private UUID workload(String name) throws SQLException {
        UUID id = UUID.randomUUID();
        ask(
                "INSERT INTO workloads (tenant_id, id, cluster_id, project_id, name, node_pool, spec, version)"
                        + " VALUES (?, ?, ?, ?, ?, 'default', '{}', 0) RETURNING id",
                tenant,
                id,
                cluster,
                project,
                name);
        return id;
    }

    private long report(Report... reports) throws SQLException {
        var kinds = new ArrayList<String>();
        var uids = new ArrayList<String>();
        var bodies = new ArrayList<byte[]>();
        var deleteds = new ArrayList<Boolean>();
        for (Report report : reports) {
            kinds.add(report.kind());
            uids.add(report.uid());
            bodies.add(report.body().getBytes(StandardCharsets.UTF_8));
            deleteds.add(report.deleted());
        }
        return Long.parseLong(ask(
                        "SELECT project_observed(?, ?, ?, ?, ?, ?)",
                        tenant,
                        cluster,
                        admin.createArrayOf("text", kinds.toArray()),
                        admin.createArrayOf("text", uids.toArray()),
                        admin.createArrayOf("bytea", bodies.toArray(byte[][]::new)),
                        admin.createArrayOf("boolean", deleteds.toArray()))
                .get(0));
    }

    private List<String> ask(String query, Object... values) throws SQLException {
        return SharedDatabase.column(admin, query, values);
    }
}
