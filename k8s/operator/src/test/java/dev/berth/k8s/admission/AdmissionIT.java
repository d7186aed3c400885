package dev.berth.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.Clusters;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The webhooks that the chart ships, asked by a real kube-apiserver. */
class AdmissionIT {
    private static final String NAMESPACE = "berth-p-vision";

    private static KubeApiServer server;
    private static Vertx vertx;
    private static Cluster cluster;
    private static RoleContext context;
    private static String deployment;
    private static int port;
    private static int pods;

    @BeforeAll
    static void start() throws IOException {
        server = KubeApiServer.start().installBerthCrds();
        namespace("berth", "");
        namespace(NAMESPACE, "vision");
        namespace("elsewhere", "");
        vertx = Vertx.vertx();
        InstantSource clock = InstantSource.system();
        context = new RoleContext(
                "admission",
                vertx,
                new Bus(vertx, clock),
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                new Attachments(),
                clock);
        cluster = get(Clusters.kubernetes("real", server.kubeconfig().toString(), vertx, clock));
        Project project = new Project();
        project.getMetadata().setName("vision");
        project.getSpec().namespace = NAMESPACE;
        project.getSpec().containers.defaultCpuMilli = 250;
        get(cluster.apply(project));
        port = freePort();
        register();
        deployment = deploy();
        await("it is trusted", () -> context.health().isReady("admission.webhook") && answers());
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
    void aPodOfAProjectIsFilledIn() {
        Pod pod = get(cluster.create(pod(NAMESPACE, Map.of("gpu-fraction", "0.5"))));
        assertThat(pod.getSpec().getSchedulerName()).isEqualTo(Labels.SCHEDULER_NAME);
        assertThat(pod.getMetadata().getLabels()).containsEntry(Labels.PROJECT, "vision");
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry(Labels.GPU_FRACTION_MILLI, "500")
                .containsKey(Labels.GPU_CONFIG_MAP);
        assertThat(pod.getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getRequests()
                        .get("cpu")
                        .getAmount())
                .isEqualTo("250");
        assertThat(pod.getSpec().getContainers().get(0).getEnv()).anySatisfy(one -> assertThat(
                        one.getValueFrom().getConfigMapKeyRef().getName())
                .isEqualTo(pod.getMetadata().getAnnotations().get(Labels.GPU_CONFIG_MAP)));
    }

    @Test
    void whatCannotRunIsRefusedWithFieldRuleAndRemedy() {
        assertThatThrownBy(() -> get(cluster.create(pod(NAMESPACE, Map.of("gpu-fraction", "1.5")))))
                .hasMessageContaining("/metadata/annotations/gpu-fraction (gpu-amount)")
                .hasMessageContaining("such as 0.5");
        Workload workload = new Workload();
        workload.getMetadata().setName("train");
        workload.getMetadata().setNamespace(NAMESPACE);
        workload.getSpec().project = "nobody";
        workload.getSpec().pod.image = "registry.example/train:1";
        assertThatThrownBy(() -> get(cluster.create(workload))).hasMessageContaining("(project-exists)");
        Project thief = new Project();
        thief.getMetadata().setName("thief");
        thief.getSpec().namespace = NAMESPACE;
        assertThatThrownBy(() -> get(cluster.create(thief))).hasMessageContaining("(namespace-is-free)");
    }

    @Test
    void devicesOfAPodAreNotForItsOwnerToChange() {
        Pod pod = get(cluster.create(pod(NAMESPACE, Map.of())));
        Pod claims = new PodBuilder(pod)
                .editMetadata()
                .withResourceVersion(null)
                .addToAnnotations(Labels.ASSIGNED_GPUS, "0")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> get(cluster.apply(claims))).hasMessageContaining("(assigned-is-fixed)");
    }

    @Test
    void otherNamespacesAreNeverAsked() {
        get(vertx.undeploy(deployment));
        Pod pod = get(cluster.create(pod("elsewhere", Map.of("gpu-fraction", "1.5"))));
        assertThat(pod.getSpec().getSchedulerName()).isEqualTo("default-scheduler");
        assertThatThrownBy(() -> get(cluster.create(pod(NAMESPACE, Map.of()))))
                .as("without an answer nothing enters a project")
                .hasMessageContaining("berth.dev");
        deployment = deploy();
        await("it answers again", AdmissionIT::answers);
    }

    /** Lives of seconds, so that serving certificates and authorities change under the calls. */
    @Test
    void certificatesAndAuthoritiesChangeUnderTraffic() {
        Set<String> serving = new HashSet<>();
        Set<String> authorities = new HashSet<>();
        int created = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (serving.size() < 3 || authorities.size() < 2) {
            assertThat(System.nanoTime()).as("they change in time").isLessThan(deadline);
            get(cluster.create(pod(NAMESPACE, Map.of())));
            created++;
            Secret secret = get(cluster.get(Secret.class, new ObjectKey("berth", "berth-admission-tls")))
                    .orElseThrow();
            serving.add(secret.getData().get("tls.crt"));
            authorities.add(secret.getData().get("ca.crt"));
            get(vertx.timer(20, TimeUnit.MILLISECONDS));
        }
        assertThat(created).isGreaterThan(100);
    }

    private static String deploy() {
        AdmissionRole role = new AdmissionRole();
        Map<String, Object> keys = Map.of(
                "cluster",
                "real",
                "kubeconfig",
                server.kubeconfig().toString(),
                "host",
                "127.0.0.1",
                "port",
                port,
                "names",
                "127.0.0.1",
                "checkMillis",
                1_000,
                "certificateSeconds",
                15,
                "authoritySeconds",
                20);
        AdmissionConfig config =
                Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        return get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    /** The chart's own file, called by address instead of by service. */
    private static void register() throws IOException {
        Path file = Path.of(
                System.getProperty("berth.root"), "k8s", "charts", "berth-cluster", "files", "admission-webhooks.yaml");
        String[] documents = Files.readString(file)
                .replaceAll(
                        "service: \\{namespace: berth, name: berth-admission, port: 9443, path: (/[a-z]+)\\}",
                        "url: \"https://127.0.0.1:" + port + "$1\"")
                .split("\n---\n");
        String path = "/apis/admissionregistration.k8s.io/v1/";
        server.apply(path + "mutatingwebhookconfigurations/berth-admission", documents[0]);
        server.apply(path + "validatingwebhookconfigurations/berth-admission", documents[1]);
    }

    private static boolean answers() {
        try {
            get(cluster.create(pod(NAMESPACE, Map.of())));
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static Pod pod(String namespace, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("pod-" + pods++)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/train:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void namespace(String name, String project) {
        String label = project.isEmpty() ? "" : "\"" + Labels.PROJECT + "\": \"" + project + "\"";
        server.apply("/api/v1/namespaces/" + name, """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s", "labels": {%s}}}
                """.formatted(name, label));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited 30 s until " + what + ", in vain.");
            }
            get(vertx.timer(100, TimeUnit.MILLISECONDS));
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }
}
