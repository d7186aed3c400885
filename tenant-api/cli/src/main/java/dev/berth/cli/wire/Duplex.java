package dev.berth.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Bytes to and from a pod over a WebSocket of {@code berth-stream.v1}; the first byte of a message says what it is. */
public final class Duplex implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(40);
    private static final int INPUT = 0;
    private static final int INPUT_END = 1;
    private static final int SIZE = 2;
    private static final int ERRORS = 1;
    private static final int END = 3;

    /** Told what comes, on a thread of the client's; while it works nothing more is read. */
    public interface Listener {
        void bytes(boolean error, byte[] bytes) throws IOException;
    }

    /** How a stream ended; reason COMPLETED when all is well. */
    public record Ending(String reason, String text, int exitCode) {
        public boolean complete() {
            return reason.equals("COMPLETED");
        }
    }

    private final WebSocket socket;
    private final CompletableFuture<Ending> ending;

    private Duplex(WebSocket socket, CompletableFuture<Ending> ending) {
        this.socket = socket;
        this.ending = ending;
    }

    static Duplex open(Link link, String path, String query, Listener listener) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
        if (link.trust() != null) {
            client.sslContext(link.trust());
        }
        if (link.proxy().address() instanceof InetSocketAddress address
                && link.proxy().type() == Proxy.Type.HTTP) {
            client.proxy(ProxySelector.of(address));
        }
        URI uri = URI.create(link.server().url().replaceFirst("^http", "ws") + Server.BASE + path + query);
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        WebSocket.Builder builder = client.build()
                .newWebSocketBuilder()
                .subprotocols("berth-stream.v1")
                .connectTimeout(CONNECT)
                .header("User-Agent", "berth-cli");
        if (!link.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + link.token());
        }
        try {
            WebSocket socket =
                    builder.buildAsync(uri, new Incoming(listener, ending)).join();
            return new Duplex(socket, ending);
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause();
            throw refused(link.server(), cause == null ? failed : cause);
        }
    }

    private static Failure refused(Server server, Throwable cause) {
        if (cause instanceof WebSocketHandshakeException shake) {
            int status = shake.getResponse().statusCode();
            String said =
                    switch (status) {
                        case 401 -> "You are not signed in.";
                        case 403 -> "You may not do that there.";
                        case 404 -> "There is no such workload or pod that you may see.";
                        case 409 -> "The workload has no pod that runs yet.";
                        case 410 -> "The workload's pods are gone.";
                        case 429 -> "Too many streams are open.";
                        case 503 -> "The cluster of that workload is not connected.";
                        default -> "The server answers " + status + " instead of opening a stream.";
                    };
            return Failure.of(ExitCode.ofStatus(status), said)
                    .answered(status, "")
                    .hint(status == 401 ? "Sign in: berth login " + server.url() : "See: berth get workloads");
        }
        return Problems.unreachable(server, cause instanceof IOException broken ? broken : new IOException(cause));
    }

    /** Sends bytes; waits until they are on their way. */
    public void send(byte[] bytes, int length) {
        sendMessage(INPUT, ByteBuffer.wrap(bytes, 0, length));
    }

    public void endInput() {
        sendMessage(INPUT_END, ByteBuffer.allocate(0));
    }

    public void resize(int columns, int rows) {
        sendMessage(
                SIZE,
                ByteBuffer.allocate(2 * Short.BYTES)
                        .putShort((short) columns)
                        .putShort((short) rows)
                        .flip());
    }

    private synchronized void sendMessage(int kind, ByteBuffer bytes) {
        if (ending.isDone()) {
            return;
        }
        ByteBuffer message = ByteBuffer.allocate(1 + bytes.remaining())
                .put((byte) kind)
                .put(bytes)
                .flip();
        try {
            socket.sendBinary(message, true).join();
        } catch (CompletionException gone) {
            ending.complete(new Ending("CONNECTION_LOST", "The connection to the server broke.", 0));
        }
    }

    /** Waits for the end. */
    public Ending await() {
        return ending.join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** What the server sends. */
    private static final class Incoming implements WebSocket.Listener {
        private final Listener listener;
        private final CompletableFuture<Ending> ending;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        Incoming(Listener listener, CompletableFuture<Ending> ending) {
            this.listener = listener;
            this.ending = ending;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                byte[] whole = message.toByteArray();
                message.reset();
                whole(whole);
            }
            from.request(1);
            return null;
        }

        private void whole(byte[] whole) {
            if (whole.length == 0) {
                return;
            }
            byte[] rest = java.util.Arrays.copyOfRange(whole, 1, whole.length);
            try {
                if (whole[0] == END) {
                    JsonNode end = Tree.read(new String(rest, StandardCharsets.UTF_8));
                    ending.complete(new Ending(
                            end.path("reason").asText(),
                            end.path("text").asText(),
                            end.path("exitCode").asInt()));
                } else {
                    listener.bytes(whole[0] == ERRORS, rest);
                }
            } catch (IOException broken) {
                ending.complete(new Ending("CLOSED", "Nobody reads the output any more.", 0));
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ending.complete(new Ending("CONNECTION_LOST", "The server closed the stream: " + reason, 0));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ending.complete(new Ending("CONNECTION_LOST", "The connection to the server broke.", 0));
        }
    }
}
