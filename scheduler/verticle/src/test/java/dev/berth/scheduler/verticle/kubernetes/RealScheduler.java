package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.testkit.KubeApiServer;
import dev.berth.testkit.Testbed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The real kube-scheduler, asked which nodes it would take. After its own filters it asks an extender, which is here: it
 * writes down the nodes that passed and lets none of them through, so that no pod is ever bound.
 */
final class RealScheduler implements AutoCloseable {
    /** What the extender says of a node that it holds back. */
    static final String HELD_BACK = "passed";

    private final Map<String, Set<String>> passed = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final Process process;

    RealScheduler(KubeApiServer server) throws IOException {
        folder = Files.createTempDirectory("berth-kube-scheduler");
        HttpServer extender = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(answer(body.toJsonObject()))))
                .listen(0, "127.0.0.1")
                .await();
        Path config = Files.writeString(
                folder.resolve("config.yaml"), """
                apiVersion: kubescheduler.config.k8s.io/v1
                kind: KubeSchedulerConfiguration
                clientConnection: {kubeconfig: "%s", qps: 5000, burst: 5000}
                leaderElection: {leaderElect: false}
                percentageOfNodesToScore: 100
                podInitialBackoffSeconds: 1
                podMaxBackoffSeconds: 1
                profiles:
                - schedulerName: default-scheduler
                  plugins: {postFilter: {disabled: [{name: "*"}]}}
                extenders:
                - urlPrefix: "http://127.0.0.1:%d"
                  filterVerb: filter
                  nodeCacheCapable: true
                  httpTimeout: 30s
                """.formatted(server.kubeconfig(), extender.actualPort()));
        process = new ProcessBuilder(
                        Testbed.command("kube-scheduler").toString(), "--config=" + config, "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private Buffer answer(JsonObject question) {
        JsonObject pod = question.getJsonObject("Pod").getJsonObject("metadata");
        JsonArray nodes = question.getJsonArray("NodeNames");
        Set<String> names = new TreeSet<>();
        JsonObject failed = new JsonObject();
        for (int i = 0; i < nodes.size(); i++) {
            names.add(nodes.getString(i));
            failed.put(nodes.getString(i), HELD_BACK);
        }
        passed.put(pod.getString("namespace") + "/" + pod.getString("name"), names);
        return new JsonObject()
                .put("NodeNames", new JsonArray())
                .put("FailedNodes", failed)
                .toBuffer();
    }

    /** The nodes that passed when the pod was looked at last; none when the extender was not asked. */
    Set<String> passed(String pod) {
        return passed.getOrDefault(pod, Set.of());
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        vertx.close().await();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
