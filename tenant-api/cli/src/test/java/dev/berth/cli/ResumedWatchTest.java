package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a watch tells after a break, for each answer that a server can give to the attempt to go on. */
@Timeout(30)
final class ResumedWatchTest {
    private static final String GONE =
            "{\"status\":410,\"code\":\"gone\",\"detail\":\"Changes are no longer kept. List again.\",\"requestId\":\"r\"}";
    private static final String DENIED =
            "{\"status\":401,\"code\":\"unauthenticated\",\"detail\":\"Expected a token.\",\"requestId\":\"r\"}";

    @TempDir
    private Path home;

    private HttpServer server;
    private final Deque<Stream> streams = new ArrayDeque<>();
    private final List<String> resumed = new CopyOnWriteArrayList<>();

    private record Stream(int status, String body) {}

    @BeforeEach
    void aServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/workloads", exchange -> {
            resumed.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            Stream stream = streams.size() > 1 ? streams.removeFirst() : streams.getFirst();
            byte[] bytes = stream.body().getBytes(StandardCharsets.UTF_8);
            String type = stream.status() == 200 ? "text/event-stream" : "application/problem+json";
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(stream.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Shell.Ran watch(Stream... answers) {
        streams.addAll(List.of(answers));
        return new Shell(home)
                .with("BERTH_URL", "http://127.0.0.1:" + server.getAddress().getPort())
                .with("BERTH_TOKEN", "t")
                .run("get", "workloads", "--watch", "-o", "json");
    }

    private static String event(String type, String id, String name, String phase) {
        return "event: " + type + (id.isEmpty() ? "" : "\nid: " + id) + "\ndata: {\"metadata\":{\"id\":\"id-" + name
                + "\",\"name\":\"" + name + "\"},\"status\":{\"phase\":\"" + phase + "\"}}\n\n";
    }

    private static String bookmark(int version) {
        return "id: " + version + "\nevent: BOOKMARK\ndata: {\"metadata\":{\"version\":" + version + "}}\n\n";
    }

    private static List<String> told(Shell.Ran ran) {
        return ran.lines().stream()
                .map(line -> line.replaceAll("\\{\"type\":\"(\\w+)\".*\"name\":\"(\\w+)\".*", "$1 $2"))
                .toList();
    }

    @Test
    void itGoesOnBehindTheLastEvent() {
        Shell.Ran ran = watch(
                new Stream(
                        200,
                        ": berth\nretry: 2000\n\n" + event("ADDED", "", "a", "Queued") + bookmark(5)
                                + event("MODIFIED", "7", "a", "Running")),
                new Stream(200, event("ADDED", "9", "b", "Queued")),
                new Stream(401, DENIED));

        assertThat(told(ran)).containsExactly("ADDED a", "MODIFIED a", "ADDED b");
        assertThat(resumed).containsExactly("null", "7", "9");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("The connection was lost; trying again.");
    }

    @Test
    void whereTheChangesAreNoLongerKeptOnlyWhatDiffersIsTold() {
        Shell.Ran ran = watch(
                new Stream(
                        200,
                        event("ADDED", "", "a", "Queued")
                                + event("ADDED", "", "b", "Queued")
                                + event("ADDED", "", "c", "Queued")
                                + bookmark(5)),
                new Stream(410, GONE),
                new Stream(
                        200,
                        event("ADDED", "", "b", "Running")
                                + event("ADDED", "", "c", "Queued")
                                + event("ADDED", "", "d", "Queued")
                                + bookmark(9)),
                new Stream(401, DENIED));

        assertThat(told(ran)).containsExactly("ADDED a", "ADDED b", "ADDED c", "MODIFIED b", "ADDED d", "DELETED a");
        assertThat(resumed).containsExactly("null", "5", "null", "9");
    }

    @Test
    void anErrorWithinTheStreamIsTreatedLikeTheSameAnswer() {
        Shell.Ran ran = watch(
                new Stream(
                        200, event("ADDED", "", "a", "Queued") + bookmark(5) + "event: error\ndata: " + GONE + "\n\n"),
                new Stream(
                        200,
                        event("ADDED", "", "a", "Queued") + bookmark(9) + "event: error\ndata: " + DENIED + "\n\n"));

        assertThat(told(ran)).containsExactly("ADDED a");
        assertThat(resumed).containsExactly("null", "null");
        assertThat(ran.code()).isEqualTo(4);
    }

    @Test
    void aServerThatStaysAwayEndsTheWatchAtLast() {
        Shell.Ran ran = watch(new Stream(200, bookmark(5)), new Stream(503, "busy"));

        assertThat(ran.code()).isEqualTo(3);
        assertThat(resumed).hasSize(61);
    }

    @Test
    void theFirstFailureIsToldAtOnce() {
        assertThat(watch(new Stream(503, "busy")).code()).isEqualTo(3);
        assertThat(resumed).hasSize(1);
    }
}
