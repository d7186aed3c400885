package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.operator.OperatorRole;
import dev.berth.model.Labels;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operator and scheduler on a real kube-apiserver; what a kubelet would write is written by the test. */
class RealClusterIT {
    private static final String NAMESPACE = Labels.NAMESPACE_PREFIX + "vision";

    private static KubeApiServer server;
    private static Vertx vertx;
    private static Cluster cluster;
    private static RoleContext context;

    @BeforeAll
    static void start() {
        server = KubeApiServer.start().installBerthCrds();
        namespace("berth");
        namespace(NAMESPACE);
        node("node-1");
        node("node-2");
        vertx = Vertx.vertx();
        InstantSource clock = InstantSource.system();
        context = new RoleContext(
                "test",
                vertx,
                new Bus(vertx, clock),
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                new Attachments(),
                clock);
        cluster = get(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, clock));
        project();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            get(cluster.close());
            get(vertx.close());
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aGangWaitsForAForeignPodAndIsBoundWhenItEnds() {
        get(cluster.create(foreign("foreign", "node-1", 2)));
        deploy(new OperatorRole(), Map.of());
        String scheduler = deploy(new SchedulerRole(), Map.of("leaseSeconds", 2));
        Workload gang = Story.workload("vision", "gang", 2, Story.gpus(4), -1);
        get(cluster.apply(gang));

        Story.await(vertx, "it explains itself", () -> !status(gang).reason.isEmpty());
        assertThat(status(gang).phase).isEqualTo("Queued");
        assertThat(status(gang).message).contains("1 of 2 pods");

        get(vertx.undeploy(scheduler));
        deploy(new SchedulerRole(), Map.of("leaseSeconds", 2));
        phase("foreign", "Succeeded");

        Story.await(vertx, "it is bound", () -> status(gang).phase.equals("Starting"));
        WorkloadStatus bound = status(gang);
        assertThat(bound.pods).extracting(pod -> pod.node).containsExactlyInAnyOrder("node-1", "node-2");
        assertThat(bound.pods).allSatisfy(pod -> assertThat(pod.gpus).containsExactly(0, 1, 2, 3));
        assertThat(bound.boundAtMillis).isNotNull();

        phase("gang-0", "Running");
        phase("gang-1", "Running");
        Story.await(vertx, "it runs", () -> status(gang).phase.equals("Running"));
        phase("gang-0", "Succeeded");
        phase("gang-1", "Succeeded");
        Story.await(vertx, "it ended", () -> status(gang).phase.equals("Succeeded"));
        assertThat(status(gang).finishedAtMillis).isNotNull();
    }

    private static <C extends Record> String deploy(Role<C> role, Map<String, Object> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put("cluster", "real");
        keys.put("kubeconfig", server.kubeconfig().toString());
        C config = Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        return get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    private static WorkloadStatus status(Workload workload) {
        return get(cluster.get(Workload.class, ObjectKey.of(workload)))
                .orElseThrow()
                .getStatus();
    }

    private static void phase(String name, String phase) {
        Pod now = get(cluster.get(Pod.class, new ObjectKey(NAMESPACE, name))).orElseThrow();
        Pod changed = new PodBuilder(now)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
        get(cluster.replaceStatus(changed));
    }

    private static Pod foreign(String name, String node, int gpus) {
        Map<String, Quantity> amounts =
                Map.of(Labels.GPU_RESOURCE, new Quantity(Integer.toString(gpus)), "cpu", new Quantity("1"));
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .build())
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/other:1")
                .withNewResources()
                .withRequests(amounts)
                .withLimits(amounts)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static void project() {
        Project project = new Project();
        project.setMetadata(new ObjectMetaBuilder().withName("vision").build());
        PoolQuota quota = new PoolQuota();
        quota.gpuMilli = new Amount(0, Amount.UNLIMITED, 1);
        Project.Spec spec = new Project.Spec();
        spec.quotas.add(quota);
        project.setSpec(spec);
        get(cluster.apply(project));
    }

    private static void namespace(String name) {
        server.apply("/api/v1/namespaces/" + name, """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                """.formatted(name));
    }

    /** Applied twice, as the API server taints every new node, and the controller that takes the taint away is not here. */
    private static void node(String name) {
        String spec = """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "%s", "labels": {"nvidia.com/gpu.product": "A100", "nvidia.com/gpu.memory": "80000"}},
                 "spec": {"taints": []}}
                """.formatted(name);
        server.apply("/api/v1/nodes/" + name, spec);
        server.apply("/api/v1/nodes/" + name, spec);
        server.apply("/api/v1/nodes/" + name + "/status", """
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"},
                 "status": {"allocatable": {"cpu": "32", "memory": "64Gi", "pods": "110", "nvidia.com/gpu": "4"},
                            "conditions": [{"type": "Ready", "status": "True"}]}}
                """.formatted(name));
    }
}
