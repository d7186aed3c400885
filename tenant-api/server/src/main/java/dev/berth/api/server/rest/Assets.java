package dev.berth.api.server.rest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files with a fingerprint in their name: kept in memory, compressed once, and never asked for again by a browser.
 * A file that is sent from disk would not be compressed at all. Only what is there is kept, so memory is bounded by the jar.
 */
final class Assets implements Handler<RoutingContext> {
    private static final Pattern NAME = Pattern.compile("/assets/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");
    private static final Set<String> PACKED_ALREADY = Set.of("woff2");

    private final String root;
    private final Map<String, Asset> kept = new HashMap<>();

    Assets(String root) {
        this.root = root;
    }

    /** A file, and its compressed copy where that is smaller. */
    private record Asset(
            String type, Buffer plain, @Nullable Buffer packed) {}

    @Override
    public void handle(RoutingContext ask) {
        String path = ask.request().path();
        if (path == null || !NAME.matcher(path).matches()) {
            ask.next();
            return;
        }
        Asset known = kept.get(path);
        if (known != null) {
            send(ask.request(), known);
            return;
        }
        read(ask.vertx(), path).onComplete(read -> {
            if (read.succeeded()) {
                kept.put(path, read.result());
                send(ask.request(), read.result());
            } else {
                ask.next();
            }
        });
    }

    private Future<Asset> read(Vertx vertx, String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        return vertx.fileSystem().readFile(root + path).compose(plain -> {
            if (PACKED_ALREADY.contains(ending)) {
                return Future.succeededFuture(new Asset(type, plain, null));
            }
            return vertx.executeBlocking(() -> packed(plain))
                    .map(packed -> new Asset(type, plain, packed.length() < plain.length() ? packed : null));
        });
    }

    private static Buffer packed(Buffer plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes());
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void send(HttpServerRequest request, Asset asset) {
        Buffer packed = takesGzip(request.getHeader("Accept-Encoding")) ? asset.packed() : null;
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", asset.type())
                .putHeader("Cache-Control", "public, immutable, max-age=" + Console.YEAR_SECONDS)
                .putHeader("Vary", "Accept-Encoding");
        if (packed != null) {
            response.putHeader("Content-Encoding", "gzip");
        }
        Buffer body = packed == null ? asset.plain() : packed;
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    /** {@code gzip}, but not {@code gzip;q=0}. */
    private static boolean takesGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String word : header.toLowerCase(Locale.ROOT).split(",")) {
            String coding = word.strip();
            if (coding.equals("gzip")
                    || (coding.startsWith("gzip;") && !coding.replace(" ", "").matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }
}
