package dev.berth.scheduler.verticle;

import static dev.berth.scheduler.verticle.Story.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.grouper.GrouperRole;
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
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What somebody writes who knows Kubernetes and not Berth: plain YAML. Real API server, real controllers, kubelets that
 * pretend; operator, grouper and scheduler of ours.
 */
class YamlPathIT {
    private static final String NAMESPACE = "team-vision";

    private static KubeApiServer server;
    private static Vertx vertx;
    private static Cluster cluster;
    private static KubernetesClient kubectl;
    private static RoleContext context;

    @BeforeAll
    static void start() {
        server = KubeApiServer.start().installBerthCrds().withControllers().withPretendKubelets(Kubelets.STAGES);
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
        kubectl = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build();
        server.apply(
                "/api/v1/namespaces/berth",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"berth\"}}");
        server.apply("/api/v1/namespaces/" + NAMESPACE, """
                apiVersion: v1
                kind: Namespace
                metadata: {name: team-vision, labels: {berth.dev/project: vision}}
                """);
        server.apply("/api/v1/nodes/node-1", Kubelets.node("node-1"));
        server.apply("/api/v1/nodes/node-1/status", Kubelets.nodeStatus("node-1"));
        project();
        deploy(new OperatorRole(), Map.of());
        deploy(new GrouperRole(), Map.of());
        deploy(new SchedulerRole(), Map.of("leaseSeconds", 5, "fractions", "annotation"));
    }

    @AfterAll
    static void stop() {
        if (kubectl != null) {
            kubectl.close();
            get(cluster.close());
            get(vertx.close());
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aPlainJobRunsToItsEndAndOneThatWaitsSaysWhy() {
        job("large", 4, 1, "", "");
        await("the large one runs", () -> phase("large").equals("Running"));

        job("second", 2, 1, "", "simulated.berth.dev/run: short");
        await("the second one says why it waits", () -> !reason("second").isEmpty());
        Workload waiting = shown("second").orElseThrow();
        assertThat(waiting.getStatus().phase).isEqualTo("Queued");
        assertThat(waiting.getStatus().message).isNotEmpty();
        assertThat(waiting.getStatus().explanation).isNotNull();
        assertThat(waiting.getStatus().explanation.position()).isEqualTo(1);
        assertThat(waiting.getStatus().conditions).singleElement().satisfies(condition -> {
            assertThat(condition.type).isEqualTo("Scheduled");
            assertThat(condition.status).isEqualTo("False");
            assertThat(condition.reason).isEqualTo(waiting.getStatus().reason);
        });
        await("one event tells it", () -> events(waiting).size() == 1);

        stopped("large", true);
        await("the large one is suspended in its own field", () -> suspended("large"));
        await("the second one does its work", () -> phase("second").equals("Succeeded"));
        assertThat(events(waiting)).hasSize(1);
        assertThat(phase("large")).isEqualTo("Suspended");

        stopped("large", false);
        await("the large one runs again", () -> phase("large").equals("Running"));
        delete("large");
    }

    @Test
    void aGangStartsWholeAndPartsOfDevicesByForeignKeysAreShared() {
        job("gang", 1, 4, "kai.scheduler/batch-min-member: \"4\"", "simulated.berth.dev/run: short");
        await("all of the gang did its work", () -> phase("gang").equals("Succeeded"));

        job("parts", 0, 2, "", "gpu-fraction: \"0.5\"");
        await("both parts run", () -> running("parts") == 2);
        assertThat(pods("parts"))
                .extracting(pod -> pod.getMetadata().getAnnotations().get(Labels.ASSIGNED_GPU_MILLI))
                .containsOnly("500");
        assertThat(pods("parts").stream()
                        .map(pod -> pod.getMetadata().getAnnotations().get(Labels.ASSIGNED_GPUS))
                        .distinct())
                .as("one device for both")
                .hasSize(1);
        delete("parts");
    }

    @Test
    void anElasticGangStartsWithWhatThereIsAboveItsMinimum() {
        job("elastic", 1, 7, "berth.dev/gang-min: \"2\"", "");
        await("all five devices are at work", () -> running("elastic") == 5);
        Workload shown = shown("elastic").orElseThrow();
        assertThat(shown.getSpec().workers).isEqualTo(7);
        assertThat(shown.getSpec().minWorkers).isEqualTo(2);
        delete("elastic");
    }

    private static void job(String name, int gpus, int pods, String annotation, String podAnnotation) {
        server.apply("/apis/batch/v1/namespaces/" + NAMESPACE + "/jobs/" + name, """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: %s
                  labels: {berth.dev/project: vision}
                  annotations: {%s}
                spec:
                  parallelism: %d
                  completions: %d
                  template:
                    metadata: {annotations: {%s}}
                    spec:
                      schedulerName: berth-scheduler
                      restartPolicy: Never
                      containers:
                      - name: main
                        image: registry.example/train:1
                        resources: {requests: {cpu: 100m}, limits: {nvidia.com/gpu: "%d"}}
                """.formatted(
                        name, annotation, pods, pods, podAnnotation, gpus));
    }

    private static long running(String job) {
        return pods(job).stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .count();
    }

    private static void delete(String job) {
        kubectl.batch().v1().jobs().inNamespace(NAMESPACE).withName(job).delete();
        await("nothing is left of it", () -> shown(job).isEmpty() && pods(job).isEmpty());
    }

    private static Optional<Workload> shown(String job) {
        return kubectl.resources(Workload.class).inNamespace(NAMESPACE).list().getItems().stream()
                .filter(workload -> workload.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getName().equals(job)))
                .findFirst();
    }

    private static String phase(String job) {
        return shown(job).map(workload -> workload.getStatus().phase).orElse("");
    }

    private static String reason(String job) {
        return shown(job).map(workload -> workload.getStatus().reason).orElse("");
    }

    private static boolean suspended(String job) {
        return Boolean.TRUE.equals(kubectl.batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName(job)
                .get()
                .getSpec()
                .getSuspend());
    }

    private static List<Pod> pods(String job) {
        return kubectl.pods()
                .inNamespace(NAMESPACE)
                .withLabel("batch.kubernetes.io/job-name", job)
                .list()
                .getItems();
    }

    private static List<Event> events(Workload workload) {
        return kubectl.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> workload.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .filter(event -> event.getReason().equals(workload.getStatus().reason))
                .toList();
    }

    private static void stopped(String job, boolean stopped) {
        get(cluster.foreign()
                .patch(
                        new ForeignKind("berth.dev/v1alpha1", "Workload"),
                        ObjectKey.of(shown(job).orElseThrow()),
                        "[{\"op\":\"add\",\"path\":\"/spec/stopped\",\"value\":" + stopped + "}]"));
    }

    private static void await(String what, BooleanSupplier condition) {
        Story.await(vertx, what, condition);
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

    private static <C extends Record> void deploy(Role<C> role, Map<String, Object> more) {
        Map<String, Object> keys = new HashMap<>(more);
        keys.put("cluster", "real");
        keys.put("kubeconfig", server.kubeconfig().toString());
        C config = Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }
}
