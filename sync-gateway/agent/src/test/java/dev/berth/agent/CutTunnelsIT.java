package dev.berth.agent;

import static dev.berth.gateway.GatewayBed.eventually;
import static dev.berth.gateway.GatewayBed.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.schema.SharedDatabase;
import dev.berth.schema.Tenancy;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tunnel is reset every 100 to 300 ms while desired and observed state go through it. */
class CutTunnelsIT {
    private static final int WORKLOADS = 300;
    private static final int CUTS = 20;

    private final AtomicInteger cuts = new AtomicInteger();
    private final Random random = new Random(7);
    /** How many different states of each workload the cluster has shown. */
    private final Map<String, Integer> steps = new HashMap<>();
    /** The newest state of each that was seen in the store. */
    private final Map<String, Integer> stored = new HashMap<>();

    private Connection db;
    private Tenancy tenancy;
    private World world;
    private SimulatedCluster cluster;
    private volatile boolean cutting = true;

    @BeforeEach
    void begin() throws Exception {
        db = SharedDatabase.admin();
        tenancy = Tenancy.create(db);
        world = new World();
        cluster = world.cluster("borealis");
        int port = world.startGateway(0);
        String stateDir = Files.createTempDirectory(Path.of("target"), "agent").toString();
        world.startAgent("borealis", tenancy.token("1 hour"), port, stateDir);
        tenancy.desireProject();
    }

    @AfterEach
    void end() throws Exception {
        cutting = false;
        world.close();
        db.close();
    }

    @Test
    void nothingIsLostAndNothingHappensTwice() throws Exception {
        eventually(() -> assertThat(world.tunnels().size()).isEqualTo(1));
        cutLater();
        while (steps.size() < WORKLOADS || cuts.get() < CUTS) {
            submitSome();
            world.ring(tenancy.cluster());
            everyWorkloadTakesAStep("Running");
            nothingGoesBackwards();
        }
        cutting = false;
        eventually(() -> assertThat(cluster.list(Workload.class)).hasSize(WORKLOADS));
        everyWorkloadTakesAStep("Succeeded");

        eventually(() -> {
            nothingGoesBackwards();
            assertThat(stored).isEqualTo(steps);
        });
        assertThat(tenancy.one(
                        "SELECT count(*) FROM workloads WHERE cluster_id = ? AND phase = 'Succeeded'",
                        tenancy.cluster()))
                .isEqualTo(Integer.toString(WORKLOADS));
        assertThat(cluster.list(Workload.class))
                .as("each is written once, however often it is sent")
                .allSatisfy(workload ->
                        assertThat(workload.getMetadata().getGeneration()).isEqualTo(1));
        noStateIsToldTwice();
    }

    private void cutLater() {
        world.vertx().setTimer(100 + random.nextInt(200), timer -> {
            if (cutting) {
                cuts.addAndGet(world.tunnels().cutAll());
                cutLater();
            }
        });
    }

    private void submitSome() throws Exception {
        for (int i = 0; i < 15 && stored.size() < WORKLOADS; i++) {
            String name = "w" + stored.size();
            stored.put(name, 0);
            tenancy.submit(name);
        }
    }

    private void everyWorkloadTakesAStep(String phase) {
        for (Workload workload : cluster.list(Workload.class)) {
            String name = workload.getMetadata().getName();
            WorkloadStatus status = new WorkloadStatus();
            status.phase = phase;
            status.message = Integer.toString(steps.merge(name, 1, Integer::sum));
            Workload reported = new Workload();
            reported.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace(workload.getMetadata().getNamespace())
                    .build());
            reported.setStatus(status);
            get(cluster.replaceStatus(reported));
        }
    }

    private void nothingGoesBackwards() throws Exception {
        for (String row : tenancy.ask(
                "SELECT name || ' ' || (status ->> 'message') FROM workloads WHERE cluster_id = ? AND status ->> 'message' <> ''",
                tenancy.cluster())) {
            String name = row.substring(0, row.indexOf(' '));
            int step = Integer.parseInt(row.substring(row.indexOf(' ') + 1));
            assertThat(step).as(name).isGreaterThanOrEqualTo(stored.put(name, step));
        }
    }

    /** Who follows the tenant is told of a workload at most once for each state that it had, and once that it arrived. */
    private void noStateIsToldTwice() throws Exception {
        List<String> told = tenancy.ask(
                "SELECT w.name || ' ' || count(*) FROM outbox o JOIN workloads w ON w.id::text = o.object_id"
                        + " WHERE o.tenant_id = ? GROUP BY w.name",
                tenancy.tenant());
        assertThat(told).hasSize(WORKLOADS).allSatisfy(row -> {
            String name = row.substring(0, row.indexOf(' '));
            assertThat(Integer.parseInt(row.substring(row.indexOf(' ') + 1)))
                    .as(name)
                    .isLessThanOrEqualTo(1 + steps.getOrDefault(name, 0));
        });
        assertThat(tenancy.one("SELECT version FROM tenants WHERE id = ?", tenancy.tenant()))
                .isEqualTo(tenancy.one("SELECT count(*) FROM outbox WHERE tenant_id = ?", tenancy.tenant()));
    }
}
