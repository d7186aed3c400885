package dev.berth.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.Bootstrap;
import dev.berth.api.server.Listening;
import dev.berth.api.server.access.UserRole;
import dev.berth.gateway.GatewayAddress;
import dev.berth.gateway.LiveTunnels;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Control plane and one simulated cluster in this JVM, joined by a real tunnel, and a client of the streams. */
final class StreamsWorld implements AutoCloseable {
    private static final String EMAIL = "admin@streams.test";
    private static final int SECONDS = 60;

    final Berth control;
    final Berth cluster;
    final Api api;
    final String token;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();

    StreamsWorld(Path folder) {
        Settings settings = Settings.empty()
                .with(Settings.PROCESS, Map.of("healthPort", 0))
                .with("store", Map.of("dataDir", folder.resolve("pg").toString()))
                .with("api", Map.of("httpPort", 0, "grpcPort", -1, "tenant", "streams", "adminEmail", ""))
                .with("gateway", Map.of("port", 0));
        control = Berth.start(Roles.onClassPath(), settings, List.of("store", "api", "gateway"), Map.of())
                .await();
        Bootstrap bootstrap = control.attachments().find(Bootstrap.class, Bootstrap.NAME);
        UUID tenant = bootstrap.tenant("streams").await();
        bootstrap
                .user(tenant, new Bootstrap.FirstUser(EMAIL, "Admin", UserRole.ADMIN, null))
                .await();
        token = bootstrap.personalToken(tenant, EMAIL, Duration.ofHours(1)).await();
        base = "http://localhost:"
                + control.attachments().find(Listening.class, Listening.NAME).httpPort();
        api = Api.signIn(base, bootstrap.oneTimeToken(tenant, EMAIL).await());
        api.post("/clusters", "{\"metadata\":{\"name\":\"aurora\"}}");
        String quota = "{\"quota\":-1,\"limit\":-1,\"overQuotaWeight\":1}";
        api.post(
                "/projects",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"quotas\":[{\"cluster\":\"aurora\",\"nodePool\":\"default\","
                        + "\"gpuMilli\":" + quota + ",\"cpuMilli\":" + quota + ",\"memoryMib\":" + quota + "}]}}");
        String join =
                api.post("/clusters/aurora/join-token", "{}").path("token").asText();
        cluster = Berth.start(Roles.onClassPath(), clusterSettings(join), INSTANCES, Map.of())
                .await();
        api.until(
                "/clusters/aurora", found -> found.at("/status/state").asText().equals("Connected"), SECONDS);
    }

    private static final List<String> INSTANCES =
            List.of("simulator@aurora", "operator@aurora", "scheduler@aurora", "agent@aurora");

    private Settings clusterSettings(String join) {
        String gateway =
                control.attachments().find(GatewayAddress.class, "gateway").url();
        return Settings.empty()
                .with(Settings.PROCESS, Map.of("healthPort", 0))
                .with("simulator@aurora", Map.of("cluster", "aurora", "nodes", "2x8:A100:80000", "startDelayMillis", 1))
                .with("operator@aurora", Map.of("cluster", "aurora"))
                .with("scheduler@aurora", Map.of("cluster", "aurora"))
                .with(
                        "agent@aurora",
                        Map.of(
                                "cluster",
                                "aurora",
                                "gatewayUrl",
                                gateway,
                                "joinToken",
                                join,
                                "spreadMillis",
                                1,
                                "minBackoffMillis",
                                50,
                                "maxBackoffMillis",
                                500));
    }

    /** Submits a workload whose pod has these annotations, and waits until it runs. */
    void running(String name, String annotations) {
        api.post(
                "/workloads",
                "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"project\":\"p\",\"cluster\":\"aurora\","
                        + "\"image\":\"ubuntu\",\"annotations\":{" + annotations + "}}}");
        api.until("/workloads/" + name, StreamsWorld::runs, SECONDS);
    }

    private static boolean runs(JsonNode workload) {
        return workload.at("/status/phase").asText().equals("Running")
                && workload.at("/status/pods/0/phase").asText().equals("Running");
    }

    HttpResponse<InputStream> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                    .header("Authorization", "Bearer " + token)
                    .timeout(Duration.ofSeconds(SECONDS))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    String text(String path) {
        try (InputStream body = get(path).body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    String base() {
        return base;
    }

    int cutTunnels() {
        return control.attachments().find(LiveTunnels.class, "gateway").cutAll();
    }

    /** A WebSocket of a stream; messages as they come. */
    final class Socket implements java.net.http.WebSocket.Listener {
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();
        private final java.net.http.WebSocket socket;

        Socket(String path, Map<String, String> headers) {
            try {
                var builder = http.newWebSocketBuilder().subprotocols("berth-stream.v1");
                headers.forEach(builder::header);
                socket = builder.buildAsync(URI.create(base.replace("http", "ws") + "/api/v1" + path), this)
                        .get(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException failed) {
                throw new AssertionError(failed);
            }
        }

        @Override
        public CompletionStage<?> onBinary(java.net.http.WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                messages.add(message.toByteArray());
                message.reset();
            }
            from.request(1);
            return null;
        }

        void send(int kind, byte[] bytes) {
            ByteBuffer message = ByteBuffer.allocate(bytes.length + 1)
                    .put((byte) kind)
                    .put(bytes)
                    .flip();
            try {
                socket.sendBinary(message, true).get(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException failed) {
                throw new AssertionError(failed);
            }
        }

        byte[] next() {
            try {
                byte[] next = messages.poll(SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("Expected a message within " + SECONDS + " s.");
                }
                return next;
            } catch (InterruptedException stop) {
                throw new AssertionError(stop);
            }
        }

        /** Output until the end, then the end itself. */
        String toTheEnd() {
            StringBuilder said = new StringBuilder();
            for (byte[] next = next(); ; next = next()) {
                said.append(next[0]).append(':').append(new String(next, 1, next.length - 1, StandardCharsets.UTF_8));
                if (next[0] == 3) {
                    return said.toString();
                }
            }
        }
    }

    Socket socket(String path) {
        return new Socket(path, Map.of("Authorization", "Bearer " + token));
    }

    @Override
    public void close() {
        cluster.stop().await();
        control.stop().await();
    }
}
