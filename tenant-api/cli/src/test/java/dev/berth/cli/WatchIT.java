package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watching and waiting, against the real API and through connections that are cut. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class WatchIT {
    private static final String RUNNING = "{\"status\":{\"phase\":\"Running\",\"reason\":\"\",\"message\":\"\","
            + "\"pods\":[{\"name\":\"w-0\",\"node\":\"b-07\",\"gpus\":[3],\"gpuMilli\":1000,\"phase\":\"Running\"}],"
            + "\"podCounts\":{\"Running\":1},\"queuedAtMillis\":1700000000000}}";
    private static final String FAILED =
            RUNNING.replace("\"phase\":\"Running\",\"reason\":\"\"", "\"phase\":\"Failed\",\"reason\":\"PodFailed\"");

    @TempDir
    private Path home;

    private RealApi api;
    private RealApi.Tenant tenant;
    private Rest rest;
    private String cluster;

    /** Lines as a command writes them, while it still runs. */
    private static final class Lines extends Writer {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder line = new StringBuilder();
        private volatile boolean closed;

        @Override
        public synchronized void write(char[] buffer, int offset, int length) throws java.io.IOException {
            if (closed) {
                throw new java.io.IOException("Nobody reads");
            }
            for (int i = offset; i < offset + length; i++) {
                if (buffer[i] == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append(buffer[i]);
                }
            }
        }

        String next() throws InterruptedException {
            String next = lines.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a line within 30 s").isNotNull();
            return next;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void aTenant() throws Exception {
        api = RealApi.get();
        tenant = api.tenant();
        rest = new Rest(api.url(), tenant.token());
        cluster = rest.post("/clusters", "{\"metadata\":{\"name\":\"borealis\"}}")
                .at("/metadata/id")
                .asText();
        rest.post("/projects", "{\"metadata\":{\"name\":\"vision\"}}");
    }

    private String submitted(String name) throws Exception {
        return rest.post(
                        "/workloads",
                        "{\"metadata\":{\"name\":\"" + name
                                + "\"},\"spec\":{\"project\":\"vision\",\"cluster\":\"borealis\"}}")
                .at("/metadata/id")
                .asText();
    }

    private CompletableFuture<Integer> start(Lines out, Lines err, String url, String... arguments) {
        Terminal terminal = new Shell(home)
                .with("BERTH_URL", url)
                .with("BERTH_TOKEN", tenant.token())
                .terminal(new PrintWriter(out), new PrintWriter(err));
        return CompletableFuture.supplyAsync(() -> BerthCommand.run(terminal, arguments));
    }

    @Test
    void aWatchShowsWhatIsThereThenWhatChangesAndOutlivesACutConnection() throws Exception {
        String first = submitted("first");
        try (var proxy = new CuttingProxy(api.url())) {
            var out = new Lines();
            var err = new Lines();
            CompletableFuture<Integer> running = start(out, err, proxy.url(), "get", "workloads", "--watch");
            assertThat(out.next()).startsWith("NAME ");
            assertThat(out.next()).startsWith("first ").contains("Queued");

            api.reported(tenant, cluster, "Workload", first, RUNNING);
            assertThat(out.next()).startsWith("first ").contains("Running");

            proxy.cut();
            submitted("second");
            assertThat(err.next()).isEqualTo("The connection was lost; trying again.");
            assertThat(out.next()).startsWith("second ").contains("Queued");
            assertThat(proxy.requests()).anyMatch(head -> head.contains("Last-Event-ID: "));

            api.reported(tenant, cluster, "Workload", first, null);
            rest.post("/workloads/first:stop", "");
            out.close();
            submitted("third");
            assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aWatchAsJsonTellsTheTypeAndWhatLeavesTheFilter() throws Exception {
        String id = submitted("one");
        submitted("other");
        var out = new Lines();
        CompletableFuture<Integer> running = start(
                out,
                new Lines(),
                api.url(),
                "get",
                "workload/one",
                "-w",
                "-p",
                "vision",
                "-o",
                "json",
                "--status",
                "Queued");
        assertThat(out.next()).startsWith("{\"type\":\"ADDED\",\"object\":{").contains("\"name\":\"one\"");
        api.reported(tenant, cluster, "Workload", id, RUNNING);
        assertThat(out.next()).startsWith("{\"type\":\"MODIFIED\"").contains("\"phase\":\"Running\"");
        rest.post("/workloads/one:stop", "");
        api.reported(tenant, cluster, "Workload", id, null);
        assertThat(running).isNotDone();
        out.close();
    }

    @Test
    void aSubmissionWaitsUntilItsWorkloadRuns() throws Exception {
        var out = new Lines();
        var err = new Lines();
        CompletableFuture<Integer> running =
                start(out, err, api.url(), "submit", "hello", "--wait", "--timeout", "60s");
        assertThat(out.next()).startsWith("workload/hello created");
        assertThat(err.next()).startsWith("hello Queued (ClusterOffline): ");
        String id = id("hello");
        api.reported(tenant, cluster, "Workload", id, RUNNING);
        assertThat(err.next()).startsWith("hello Running on node b-07  (");
        assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void waitingEndsWithTheCodeOfWhatHappened() throws Exception {
        String id = submitted("sad");
        assertThat(start(new Lines(), new Lines(), api.url(), "wait", "sad", "--timeout", "1s")
                        .get())
                .isEqualTo(8);

        var err = new Lines();
        CompletableFuture<Integer> following = start(new Lines(), err, api.url(), "wait", "sad", "--for", "end");
        assertThat(err.next()).startsWith("sad Queued");
        api.reported(tenant, cluster, "Workload", id, FAILED);
        assertThat(err.next()).startsWith("sad Failed (PodFailed)");
        assertThat(err.next()).isEqualTo("Error: sad is Failed (PodFailed).");
        assertThat(following.get(30, TimeUnit.SECONDS)).isEqualTo(9);

        String second = submitted("leaving");
        var told = new Lines();
        CompletableFuture<Integer> waiting = start(new Lines(), told, api.url(), "wait", "leaving");
        assertThat(told.next()).startsWith("leaving Queued");
        rest.post("/workloads/" + second + ":stop", "");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(10);
    }

    private String id(String name) {
        return new Shell(home)
                .with("BERTH_URL", api.url())
                .with("BERTH_TOKEN", tenant.token())
                .run("get", "workload", name, "-o", "yaml")
                .out()
                .replaceAll("(?s).*\n  id: \"?([-0-9a-f]+)\"?\n.*", "$1");
    }
}
