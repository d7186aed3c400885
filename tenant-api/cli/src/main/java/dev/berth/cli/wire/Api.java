package dev.berth.cli.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Calls one server as one user. Whatever is not an answer of success ends as a {@link Failure}. */
public final class Api {
    private static final int READ_MILLIS = 30_000;
    private static final int MAX_BYTES = 64 << 20;

    private final Link link;
    private final Trace trace;

    /** Told of each call after it, for {@code --verbose}. */
    public interface Trace {
        void called(String method, String url, int status, long millis);
    }

    /** What the server said, and under which entity tag. */
    public record Answer(JsonNode body, String etag) {}

    public Api(Link link, Trace trace) {
        this.link = link;
        this.trace = trace;
    }

    public Server server() {
        return link.server();
    }

    public JsonNode get(String path, Query query) {
        return call("GET", path, query, null, Map.of()).body();
    }

    public Answer read(String path, Query query) {
        return call("GET", path, query, null, Map.of());
    }

    public JsonNode post(String path, Query query, @Nullable JsonNode body) {
        return call("POST", path, query, body, Map.of()).body();
    }

    /** A POST that the server does once, however often it arrives under this key. */
    public JsonNode postOnce(String path, JsonNode body, String key) {
        return call("POST", path, Query.NONE, body, Map.of("Idempotency-Key", key))
                .body();
    }

    public JsonNode delete(String path, Query query, String etag) {
        return call("DELETE", path, query, null, etag.isEmpty() ? Map.of() : Map.of("If-Match", etag))
                .body();
    }

    /** Opens a stream of what is there and what changes; {@code lastId} empty: from the beginning. */
    public Feed open(String path, Query query, String lastId, int readMillis) {
        HttpURLConnection connection = link.connect("GET", path, query.with("watch", "true"));
        connection.setReadTimeout(readMillis);
        connection.setRequestProperty("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", lastId);
        }
        try {
            if (status(connection) != HttpURLConnection.HTTP_OK) {
                throw Problems.of(link.server(), connection.getResponseCode(), body(connection));
            }
            return new Feed(connection, connection.getInputStream());
        } catch (IOException broken) {
            connection.disconnect();
            throw Problems.unreachable(link.server(), broken);
        }
    }

    /** Opens a body of text that may go on for long; closing it ends the call. */
    public InputStream text(String path, Query query) {
        HttpURLConnection connection = link.connect("GET", path, query);
        // A log may be quiet for hours: the server ends what nobody needs.
        connection.setReadTimeout(0);
        connection.setRequestProperty("Accept", "text/plain, application/problem+json");
        try {
            if (status(connection) != HttpURLConnection.HTTP_OK) {
                throw Problems.of(link.server(), connection.getResponseCode(), body(connection));
            }
            return connection.getInputStream();
        } catch (IOException broken) {
            connection.disconnect();
            throw Problems.unreachable(link.server(), broken);
        }
    }

    /** Opens a stream to a pod. */
    public Duplex duplex(String path, String query, Duplex.Listener listener) {
        return Duplex.open(link, path, query, listener);
    }

    private Answer call(String method, String path, Query query, @Nullable JsonNode body, Map<String, String> headers) {
        HttpURLConnection connection = link.connect(method, path, query);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Accept-Encoding", "gzip");
        headers.forEach(connection::setRequestProperty);
        try {
            if (body != null) {
                send(connection, body);
            }
            int status = status(connection);
            String text = body(connection);
            if (status < 200 || status > 299) {
                throw redirected(connection, status)
                        ? Problems.moved(link.server(), connection.getHeaderField("Location"))
                        : Problems.of(link.server(), status, text);
            }
            String etag = connection.getHeaderField("ETag");
            return new Answer(text.isEmpty() ? Tree.object() : parse(text), etag == null ? "" : etag);
        } catch (IOException broken) {
            throw Problems.unreachable(link.server(), broken);
        }
    }

    private static boolean redirected(HttpURLConnection connection, int status) {
        return status >= 300 && status < 400 && connection.getHeaderField("Location") != null;
    }

    private static void send(HttpURLConnection connection, JsonNode body) throws IOException {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(JsonText.compact(body).getBytes(StandardCharsets.UTF_8));
        }
    }

    private int status(HttpURLConnection connection) throws IOException {
        long began = System.nanoTime();
        int status = connection.getResponseCode();
        trace.called(
                connection.getRequestMethod(),
                connection.getURL().toString(),
                status,
                (System.nanoTime() - began) / 1_000_000);
        if (status < 0) {
            throw new IOException("The answer is not HTTP");
        }
        return status;
    }

    private JsonNode parse(String text) {
        try {
            return Tree.read(text);
        } catch (IOException notJson) {
            throw Failure.of(ExitCode.FAILED, link.server().url() + " does not answer as a Berth server does.")
                    .hint("Check the address: berth login shows which one is used.");
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream raw = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            if (raw == null || status == HttpURLConnection.HTTP_NO_CONTENT) {
                return "";
            }
            boolean packed = "gzip".equalsIgnoreCase(connection.getContentEncoding());
            InputStream in = packed ? new GZIPInputStream(raw) : raw;
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("The answer is larger than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
