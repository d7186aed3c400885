package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.schema.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * API, gateway and cluster part as three processes: the first two share a database and find each other by Hazelcast, the
 * third dials in. The gateway is killed in the middle.
 */
class ThreeProcessesIT {
    private static final int SECONDS = 90;

    @TempDir
    private Path folder;

    private EmbeddedDatabase database;
    private int apiPort;
    private int tunnelPort;
    private int apiBus;
    private int gatewayBus;

    @BeforeEach
    void aDatabaseOfItsOwn() throws IOException {
        database = EmbeddedDatabase.start(Files.createTempDirectory(Path.of("target"), "pg"), 0, false);
        apiPort = freePort();
        tunnelPort = freePort();
        apiBus = freePort();
        gatewayBus = freePort();
    }

    @AfterEach
    void stopIt() throws IOException {
        database.close();
    }

    @Test
    void aGatewayThatIsKilledInTheMiddleLosesNothing() throws IOException {
        try (BerthProcess first = api()) {
            Matcher link = first.says("(http://localhost:\\d+)/\\?token=([A-Za-z0-9_-]+)", SECONDS);
            Api api = Api.signIn(link.group(1), link.group(2));
            String token = organise(api);
            BerthProcess gateway = gateway("gateway-1");
            gateway.says("Berth is up", SECONDS);
            try (BerthProcess cluster = clusterPart(token)) {
                api.until("/clusters/lab", is("/status/state", "Connected"), SECONDS);

                submit(api, "before", 4_000);
                api.until("/workloads/before?project=team", is("/status/phase", "Running"), SECONDS);
                gateway.kill();
                submit(api, "meanwhile", 1_000);
                assertThat(phase(api, "meanwhile")).isEqualTo("Queued");

                try (BerthProcess again = gateway("gateway-2")) {
                    again.says("Berth is up", SECONDS);
                    api.until("/workloads/before?project=team", is("/status/phase", "Succeeded"), SECONDS);
                    api.until("/workloads/meanwhile?project=team", is("/status/phase", "Succeeded"), SECONDS);
                    submit(api, "after", 1_000);
                    api.until("/workloads/after?project=team", is("/status/phase", "Succeeded"), SECONDS);
                }
                assertThat(cluster.output()).contains("epoch=1 connected").contains("epoch=2 connected");
            } finally {
                gateway.close();
            }
            assertThat(api.get("/workloads/summary").path("total").asInt()).isEqualTo(3);
        }
    }

    private BerthProcess api() throws IOException {
        String text = """
                process: {bus: clustered, busPort: %d, busPeers: ["127.0.0.1:%d"], healthPort: 0}
                store: {databaseUrl: "%s", databaseUser: postgres, databasePassword: "%s",
                        apiPassword: api-secret, gatewayPassword: gateway-secret}
                api: {httpPort: %d, grpcPort: -1, databaseUrl: "%s", databasePassword: api-secret}
                """.formatted(
                        apiBus,
                        gatewayBus,
                        database.admin().url(),
                        database.admin().password(),
                        apiPort,
                        database.admin().url());
        return BerthProcess.start(folder, "api", "run", "--config", file("api", text));
    }

    private BerthProcess gateway(String name) throws IOException {
        String text =
                """
                process: {bus: clustered, busPort: %d, busPeers: ["127.0.0.1:%d"], healthPort: 0}
                gateway: {port: %d, databaseUrl: "%s", databasePassword: gateway-secret}
                """.formatted(gatewayBus, apiBus, tunnelPort, database.admin().url());
        return BerthProcess.start(folder, name, "run", "--config", file("gateway", text));
    }

    private BerthProcess clusterPart(String token) throws IOException {
        String text = """
                process: {healthPort: 0}
                simulator: {cluster: lab, startDelayMillis: 100}
                operator: {cluster: lab}
                scheduler: {cluster: lab}
                agent: {cluster: lab, gatewayUrl: "ws://127.0.0.1:%d", joinToken: "%s", maxBackoffMillis: 1000}
                """.formatted(tunnelPort, token);
        return BerthProcess.start(folder, "cluster", "run", "--config", file("cluster", text));
    }

    private static String organise(Api api) {
        api.post("/clusters", "{\"metadata\": {\"name\": \"lab\"}}");
        api.post("/departments", "{\"metadata\": {\"name\": \"lab\"}, \"spec\": {\"quotas\": []}}");
        api.post("/projects", """
                {"metadata": {"name": "team"},
                 "spec": {"department": "lab",
                          "quotas": [{"cluster": "lab", "nodePool": "default", "gpuMilli": {"quota": 8000}}]}}""");
        return api.post("/clusters/lab/join-token", "{}").path("token").asText();
    }

    private static void submit(Api api, String name, int runMillis) {
        api.post("/workloads", """
                {"metadata": {"name": "%s"},
                 "spec": {"project": "team", "cluster": "lab", "image": "ubuntu", "preemptible": true,
                          "resources": {"gpu": {"devices": 1}},
                          "annotations": {"simulated.berth.dev/run-millis": "%d"}}}""".formatted(name, runMillis));
    }

    private static String phase(Api api, String name) {
        return api.get("/workloads/" + name + "?project=team")
                .at("/status/phase")
                .asText();
    }

    private static Predicate<JsonNode> is(String pointer, String value) {
        return node -> node.at(pointer).asText().equals(value);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
