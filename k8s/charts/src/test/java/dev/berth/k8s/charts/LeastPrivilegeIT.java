package dev.berth.k8s.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.server.Bootstrap;
import dev.berth.api.server.Listening;
import dev.berth.api.server.access.UserRole;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import dev.berth.testkit.KubeApiServer;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A control plane, and the cluster part on a real API server under the accounts and rights that the chart renders: from REST
 * to a bound pod and back to nothing, and nobody was ever forbidden anything.
 */
class LeastPrivilegeIT {
    private static final int SECONDS = 60;
    private static final List<String> PARTS = List.of("operator", "scheduler", "agent");

    @TempDir
    private static Path folder;

    private KubeApiServer server;
    private Kubectl kubectl;
    private Berth controlPlane;
    private Berth clusterPart;

    @AfterEach
    void stop() throws Exception {
        for (Berth berth : new Berth[] {clusterPart, controlPlane}) {
            if (berth != null) {
                get(berth.stop());
            }
        }
        server.close();
    }

    @Test
    void thePartsNeedNoRightThatTheChartDoesNotGive() throws Exception {
        server = KubeApiServer.start();
        kubectl = new Kubectl(server, folder);
        install();
        int tunnel = freePort();
        Rest rest = controlPlane(tunnel);
        String joinToken = rest.organise();
        clusterPart(tunnel, joinToken);
        until("the cluster is connected", () -> rest.get("/clusters/lab").contains("\"Connected\""));

        rest.post("/workloads", """
                {"metadata": {"name": "train"}, "spec": {"project": "team", "cluster": "lab", "image": "ubuntu",
                  "resources": {"cpuMilli": 100, "memoryMib": 64, "gpu": {"devices": 2}}}}""");
        until("the pod is bound", () -> pods("{.items[*].spec.nodeName}").equals("gpu-0"));
        rest.post("/workloads", """
                {"metadata": {"name": "huge"}, "spec": {"project": "team", "cluster": "lab", "image": "ubuntu",
                  "resources": {"cpuMilli": 100, "memoryMib": 64, "gpu": {"devices": 64}}}}""");
        until("the other one is explained", () -> kubectl.run(
                        "get", "podgroups", "-A", "-o", "jsonpath={.items[*].status.reason}")
                .output()
                .matches(".*[A-Z].*"));
        until("what was seen came up", () -> rest.get("/workloads/train?project=team")
                .contains("\"gpu-0\""));
        kubectl.run("delete", "workloads", "--all", "--namespace", "berth-p-team", "--wait=false")
                .output();
        until(
                "its pods are gone",
                () -> pods("{.items[*].metadata.deletionTimestamp}").contains("T")
                        || pods("{.items[*].metadata.name}").isEmpty());

        assertThat(forbidden()).isEmpty();
        aStrangerIsCounted();
        assertThat(kubectl.run("get", "secret,configmap", "berth-agent", "--namespace", "berth", "-o", "name")
                        .output()
                        .lines())
                .hasSize(2);
        assertThat(kubectl.run("get", "lease", "--namespace", "berth", "-o", "name")
                        .output())
                .contains("berth-scheduler");
    }

    private void install() {
        kubectl.apply(List.of("{apiVersion: v1, kind: Namespace, metadata: {name: berth}}"))
                .output();
        List<String> rendered = Chart.documents(new Chart.ValueSet(Chart.CLUSTER, "default").render());
        List<String> parts = rendered.stream()
                .filter(text -> Chart.read(text)
                        .path("kind")
                        .asText()
                        .matches("(Cluster)?Role(Binding)?|ServiceAccount|CustomResourceDefinition"))
                .toList();
        kubectl.apply(parts, "--server-side").output();
        kubectl.run("wait", "crd", "--all", "--for=condition=Established", "--timeout=30s")
                .output();
        kubectl.apply(List.of("""
                {apiVersion: v1, kind: Node, metadata: {name: gpu-0, labels: {nvidia.com/gpu.product: A100,
                  nvidia.com/gpu.memory: "40960"}}, status: {conditions: [{type: Ready, status: "True"}],
                  capacity: {cpu: "32", memory: 128Gi, pods: "110", nvidia.com/gpu: "8"},
                  allocatable: {cpu: "32", memory: 128Gi, pods: "110", nvidia.com/gpu: "8"}}}""")).output();
        kubectl.run("taint", "node", "gpu-0", "node.kubernetes.io/not-ready-").output();
    }

    private Rest controlPlane(int tunnel) throws Exception {
        Settings settings = Settings.empty()
                .with(Settings.PROCESS, Map.of("healthPort", -1))
                .with(
                        "store",
                        Map.of(
                                "dataDir",
                                Files.createTempDirectory(Path.of("target"), "pg")
                                        .toString(),
                                "durable",
                                false))
                .with("api", Map.of("httpPort", 0, "grpcPort", -1, "adminEmail", ""))
                .with("gateway", Map.of("port", tunnel));
        controlPlane = get(Berth.start(Roles.onClassPath(), settings, List.of("store", "api", "gateway"), Map.of()));
        Bootstrap bootstrap = controlPlane.attachments().find(Bootstrap.class, Bootstrap.NAME);
        UUID tenant = get(bootstrap.tenant("main"));
        get(bootstrap.user(tenant, new Bootstrap.FirstUser("admin@test", "Admin", UserRole.ADMIN, null)));
        String token = get(bootstrap.personalToken(tenant, "admin@test", Duration.ofHours(1)));
        int port =
                controlPlane.attachments().find(Listening.class, Listening.NAME).httpPort();
        return new Rest("http://127.0.0.1:" + port + "/api/v1", token);
    }

    private void clusterPart(int tunnel, String joinToken) throws Exception {
        Settings settings = Settings.empty().with(Settings.PROCESS, Map.of("healthPort", -1));
        for (String part : PARTS) {
            Path kubeconfig = kubectl.kubeconfigOf("berth", "berth-cluster-" + part);
            settings = settings.with(part, Map.of("kubeconfig", kubeconfig.toString()));
        }
        settings = settings.with("agent", Map.of("gatewayUrl", "ws://127.0.0.1:" + tunnel, "joinToken", joinToken));
        clusterPart = get(Berth.start(Roles.onClassPath(), settings, PARTS, Map.of()));
    }

    /**
     * Refusals of the API server's own count, which no part's log can hide: at the door, and inside, where a patch that would
     * create is asked about a second time.
     */
    private List<String> forbidden() {
        return kubectl.run("get", "--raw", "/metrics")
                .output()
                .lines()
                .filter(line -> line.startsWith("authorization_attempts_total{") && !line.contains("result=\"allowed\"")
                        || line.startsWith("apiserver_request_total") && line.contains("code=\"403\""))
                .toList();
    }

    /** The count above counts: without it, no refusal at all would look the same. */
    private void aStrangerIsCounted() {
        assertThat(kubectl.run("get", "nodes", "--as=stranger").exit()).isNotZero();
        assertThat(forbidden()).isNotEmpty();
    }

    private String pods(String path) {
        return kubectl.run(
                        "get",
                        "pods",
                        "--namespace",
                        "berth-p-team",
                        "-l",
                        "berth.dev/workload=train",
                        "-o",
                        "jsonpath=" + path)
                .output();
    }

    private void until(String what, BooleanSupplier holds) throws Exception {
        for (int look = 0; look < SECONDS * 2; look++) {
            if (holds.getAsBoolean()) {
                return;
            }
            get(controlPlane.vertx().timer(500));
        }
        throw new AssertionError("Waited in vain until " + what + "; forbidden: " + forbidden());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }
}
