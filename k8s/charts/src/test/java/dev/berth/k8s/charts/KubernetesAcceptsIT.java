package dev.berth.k8s.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.KubeApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real API server's word on what the charts render, in namespaces that enforce the restricted pod security. */
class KubernetesAcceptsIT {
    private static final boolean WRITE = System.getProperty("berth.golden.write") != null;
    /** Kinds of others, which a bare API server does not have. */
    private static final Set<String> FOREIGN = Set.of("ServiceMonitor", "HTTPRoute");

    @TempDir
    private static Path folder;

    private static KubeApiServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() {
        server = KubeApiServer.start();
        kubectl = new Kubectl(server, folder);
        for (Chart chart : Chart.values()) {
            kubectl.apply(List.of("""
                    {apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {
                      pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}}}""".formatted(chart.namespace))).output();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Chart.ValueSet> sets() {
        return Chart.sets();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyObjectIsAcceptedWithoutAWarning(Chart.ValueSet set) {
        List<String> documents = Chart.documents(set.render()).stream()
                .filter(text -> !FOREIGN.contains(Chart.read(text).path("kind").asText()))
                .toList();
        Command answer = kubectl.apply(documents, "--dry-run=server", "--namespace", set.chart().namespace);
        assertThat(answer.output().lines()).hasSameSizeAs(documents);
        assertThat(answer.err()).isEmpty();
    }

    /** Review every line that is added here: it is what a stolen token of the part could do. */
    @Test
    void noPartMayDoMoreThanIsWrittenDown() throws IOException {
        String rendered = new Chart.ValueSet(Chart.CLUSTER, "default").render();
        List<String> rights = Chart.documents(rendered).stream()
                .filter(text ->
                        Chart.read(text).path("kind").asText().matches("(Cluster)?Role(Binding)?|ServiceAccount"))
                .toList();
        kubectl.apply(rights).output();
        StringBuilder all = new StringBuilder();
        for (JsonNode account : Chart.objects(rendered, "ServiceAccount")) {
            String name = account.at("/metadata/name").asText();
            all.append(name).append('\n');
            listed(name).forEach(line -> all.append("  ").append(line).append('\n'));
        }
        Path golden = Chart.CLUSTER.resources().resolve("rights.txt");
        if (WRITE) {
            Files.writeString(golden, all);
        }
        assertThat(all.toString())
                .as("rights of the parts; if they are meant: -Dberth.golden.write")
                .isEqualTo(Files.readString(golden));
        assertThat(all.toString()).doesNotContain("[*]", "*.*");
    }

    /** The lines of kubectl auth can-i --list that not everybody has. */
    private List<String> listed(String account) {
        List<String> everybody = canI("nobody-in-particular");
        return canI(account).stream()
                .filter(line -> !everybody.contains(line))
                .sorted()
                .toList();
    }

    private List<String> canI(String account) {
        return kubectl.run(
                        "auth",
                        "can-i",
                        "--list",
                        "--namespace",
                        "berth",
                        "--as",
                        "system:serviceaccount:berth:" + account)
                .output()
                .lines()
                .map(line -> line.strip().replaceAll(" {2,}", " | "))
                .toList();
    }
}
