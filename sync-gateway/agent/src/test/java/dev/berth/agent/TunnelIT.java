package dev.berth.agent;

import static dev.berth.gateway.GatewayBed.eventually;
import static dev.berth.gateway.GatewayBed.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodState;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.schema.SharedDatabase;
import dev.berth.schema.Tenancy;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Desired state goes down and observed state comes up, whatever breaks in between. */
class TunnelIT {
    private Connection db;
    private Tenancy tenancy;
    private World world;
    private SimulatedCluster cluster;
    private String stateDir;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        db = SharedDatabase.admin();
        tenancy = Tenancy.create(db);
        world = new World();
        cluster = world.cluster("borealis");
        stateDir = Files.createTempDirectory(Path.of("target"), "agent").toString();
        port = world.startGateway(0);
    }

    @AfterEach
    void end() throws Exception {
        world.close();
        db.close();
    }

    @Test
    void whatIsWantedGoesDownAndWhatIsSeenComesUp() throws Exception {
        get(cluster.create(node("n1")));
        startAgent(port);
        tenancy.desireProject();
        UUID id = tenancy.submit("train-1");
        world.ring(tenancy.cluster());

        eventually(() -> assertThat(workload("train-1")).isNotNull());
        assertThat(get(cluster.get(Namespace.class, ObjectKey.clusterScoped("berth-p-vision"))))
                .isPresent();
        Workload applied = workload("train-1");
        assertThat(applied.getMetadata().getAnnotations()).containsEntry("berth.dev/dseq", "2");
        assertThat(applied.getSpec().project).isEqualTo("vision");

        report(applied, "Running");
        eventually(() -> assertThat(phase(id)).isEqualTo("Running"));
        assertThat(tenancy.one("SELECT held_gpu_milli FROM workloads WHERE id = ?", id))
                .isEqualTo("1000");
        assertThat(tenancy.one("SELECT body ->> 'gpuModel' FROM nodes WHERE cluster_id = ?", tenancy.cluster()))
                .isEqualTo("A100");
        assertThat(state()).isEqualTo("Connected");
        eventually(() -> assertThat(
                        tenancy.one("SELECT dseq_acked FROM session_cursor WHERE cluster_id = ?", tenancy.cluster()))
                .isEqualTo("2"));
    }

    @Test
    void whatIsNoLongerWantedIsRemovedAndItsRowGoes() throws Exception {
        startAgent(port);
        tenancy.desireProject();
        UUID id = tenancy.submit("train-1");
        eventually(() -> assertThat(workload("train-1")).isNotNull());
        eventually(() -> assertThat(tenancy.one("SELECT observed_at IS NOT NULL FROM workloads WHERE id = ?", id))
                .isEqualTo("t"));

        tenancy.ask("UPDATE workloads SET deleting = true WHERE id = ? RETURNING id", id);
        tenancy.undesire("Workload", id, Tenancy.workload("train-1", id, 1));
        world.ring(tenancy.cluster());

        eventually(() -> assertThat(workload("train-1")).isNull());
        eventually(() -> assertThat(tenancy.one("SELECT deleted FROM workloads WHERE id = ?", id))
                .isEqualTo("t"));
    }

    @Test
    void aNameThatWasGivenToAnotherSurvivesTheTombstoneOfTheFirst() throws Exception {
        startAgent(port);
        tenancy.desireProject();
        UUID first = tenancy.submit("same");
        eventually(() -> assertThat(workload("same")).isNotNull());
        tenancy.undesire("Workload", first, Tenancy.workload("same", first, 1));
        UUID second = UUID.randomUUID();
        tenancy.desire("Workload", second, 1, Tenancy.workload("same", second, 2));
        tenancy.undesire("Workload", first, Tenancy.workload("same", first, 1));
        tenancy.submit("last");

        eventually(() -> assertThat(workload("last")).isNotNull());
        assertThat(workload("same").getSpec().workers).isEqualTo(2);
    }

    @Test
    void anObjectThatTheClusterRefusesIsReportedAndTheLogGoesOn() throws Exception {
        startAgent(port);
        UUID bad = tenancy.submit("bad");
        tenancy.desire("Workload", bad, 2, "{\"metadata\":{},\"spec\":{}}");
        tenancy.desireProject();
        UUID good = tenancy.submit("good");

        eventually(() -> assertThat(workload("good")).isNotNull());
        eventually(() -> assertThat(tenancy.one("SELECT reason FROM workloads WHERE id = ?", bad))
                .isEqualTo("ApplyFailed"));
        assertThat(good).isNotNull();
    }

    @Test
    void aLinkThatCutsLosesNothingEitherWay() throws Exception {
        FaultyLink link = get(FaultyLink.open(world.vertx(), port));
        startAgent(link.port());
        tenancy.desireProject();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            link.cutAfterBytes(2_000 + 997L * (i / 20));
            ids.add(tenancy.submit("w" + i));
            if (i % 20 == 0) {
                link.cut();
                world.ring(tenancy.cluster());
            }
        }
        link.cutAfterBytes(60_000);
        eventually(() -> assertThat(cluster.list(Workload.class)).hasSize(300));
        for (String phase : new String[] {"Starting", "Running", "Succeeded"}) {
            for (int i = 0; i < 300; i++) {
                report(workload("w" + i), phase);
                if (i % 60 == 0) {
                    link.cut();
                }
            }
        }
        link.cutAfterBytes(Long.MAX_VALUE);
        eventually(() -> assertThat(tenancy.one(
                        "SELECT count(*) FROM workloads WHERE cluster_id = ? AND phase = 'Succeeded'",
                        tenancy.cluster()))
                .isEqualTo("300"));
        assertThat(link.cuts()).isGreaterThan(20);
        assertThat(tenancy.ask(
                        "SELECT uid FROM observed_objects WHERE cluster_id = ? AND NOT deleted", tenancy.cluster()))
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(UUID::toString).toList());
    }

    @Test
    void anotherGatewayGoesOnWhereTheFirstStoodAndSendsNothingTwice() throws Exception {
        startAgent(port);
        tenancy.desireProject();
        for (int i = 0; i < 50; i++) {
            tenancy.submit("w" + i);
        }
        world.ring(tenancy.cluster());
        eventually(() -> assertThat(
                        tenancy.one("SELECT dseq_acked FROM session_cursor WHERE cluster_id = ?", tenancy.cluster()))
                .isEqualTo("51"));
        eventually(() -> assertThat(observed()).isEqualTo("50"));
        double sent = world.counter("berth_gateway_desired_objects_total");
        double seen = world.counter("berth_gateway_observed_objects_total");

        world.stopGateway();
        assertThat(state()).isEqualTo("Disconnected");
        report(workload("w7"), "Running");
        UUID away = tenancy.submit("while-away");
        world.startGateway(port);

        eventually(() -> assertThat(workload("while-away")).isNotNull());
        eventually(() -> assertThat(phase(away)).isEqualTo("Queued"));
        eventually(() -> assertThat(tenancy.one(
                        "SELECT count(*) FROM workloads WHERE cluster_id = ? AND phase = 'Running'", tenancy.cluster()))
                .isEqualTo("1"));
        eventually(() -> assertThat(observed()).isEqualTo("51"));
        assertThat(world.counter("berth_gateway_desired_objects_total") - sent).isEqualTo(1);
        // Counted when the database has answered, which is a little after others can see what it wrote.
        eventually(() -> assertThat(world.counter("berth_gateway_observed_objects_total") - seen)
                .isEqualTo(2));
        assertThat(state()).isEqualTo("Connected");
    }

    @Test
    void anotherAgentTellsEverythingAndWhatIsGoneMeanwhileGoes() throws Exception {
        get(cluster.create(node("n1")));
        get(cluster.create(node("n2")));
        String agent = startAgent(port);
        tenancy.desireProject();
        tenancy.submit("w");
        eventually(() -> assertThat(workload("w")).isNotNull());
        eventually(() -> assertThat(observed()).isEqualTo("3"));

        world.stop(agent);
        eventually(() -> assertThat(state()).isEqualTo("Disconnected"));
        get(cluster.delete(Node.class, ObjectKey.clusterScoped("n2")));
        double sent = world.counter("berth_gateway_desired_objects_total");
        startAgent(port);

        eventually(() -> assertThat(
                        tenancy.ask("SELECT name FROM nodes WHERE cluster_id = ? AND NOT deleted", tenancy.cluster()))
                .containsExactly("n1"));
        eventually(() -> assertThat(state()).isEqualTo("Connected"));
        assertThat(world.counter("berth_gateway_desired_objects_total")).isEqualTo(sent);
    }

    @Test
    void aStoreThatWasRestoredGetsEverythingOnceMore() throws Exception {
        startAgent(port);
        tenancy.desireProject();
        UUID id = tenancy.submit("w");
        eventually(() -> assertThat(workload("w")).isNotNull());
        eventually(() -> assertThat(observed()).isEqualTo("1"));
        report(workload("w"), "Running");
        eventually(() -> assertThat(phase(id)).isEqualTo("Running"));

        // As a backup from before the first report would have it.
        tenancy.ask("UPDATE session_cursor SET oseq = 0 WHERE cluster_id = ? RETURNING oseq", tenancy.cluster());
        tenancy.ask("DELETE FROM observed_objects WHERE cluster_id = ? RETURNING uid", tenancy.cluster());
        tenancy.ask("UPDATE workloads SET phase = 'Queued', status = '{}' WHERE id = ? RETURNING id", id);
        world.tunnels().cutAll();

        eventually(() -> assertThat(phase(id)).isEqualTo("Running"));
        assertThat(observed()).isEqualTo("1");
    }

    private String startAgent(int gatewayPort) throws Exception {
        String token = Files.list(Path.of(stateDir)).findAny().isPresent() ? "" : tenancy.token("1 hour");
        return world.startAgent("borealis", token, gatewayPort, stateDir);
    }

    private String observed() throws Exception {
        return tenancy.one(
                "SELECT count(*) FROM observed_objects WHERE cluster_id = ? AND NOT deleted", tenancy.cluster());
    }

    private String state() throws Exception {
        return tenancy.one("SELECT state FROM clusters WHERE id = ?", tenancy.cluster());
    }

    private String phase(UUID id) throws Exception {
        return tenancy.one("SELECT phase FROM workloads WHERE id = ?", id);
    }

    private Workload workload(String name) {
        return get(cluster.get(Workload.class, new ObjectKey("berth-p-vision", name)))
                .orElse(null);
    }

    private void report(Workload workload, String phase) {
        WorkloadStatus status = new WorkloadStatus();
        status.phase = phase;
        PodState pod = new PodState();
        pod.name = workload.getMetadata().getName() + "-0";
        pod.node = "n1";
        pod.gpus = List.of(0);
        pod.gpuMilli = 1000;
        pod.phase = phase;
        status.pods = List.of(pod);
        Workload reported = new Workload();
        reported.setMetadata(new ObjectMetaBuilder()
                .withName(workload.getMetadata().getName())
                .withNamespace(workload.getMetadata().getNamespace())
                .build());
        reported.setStatus(status);
        get(cluster.replaceStatus(reported));
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("nvidia.com/gpu.product", "A100", "nvidia.com/gpu.memory", "81920"))
                .endMetadata()
                .withNewStatus()
                .withAllocatable(Map.of(
                        "cpu",
                        new Quantity("64"),
                        "memory",
                        new Quantity("512Gi"),
                        "nvidia.com/gpu",
                        new Quantity("8")))
                .endStatus()
                .build();
    }
}
