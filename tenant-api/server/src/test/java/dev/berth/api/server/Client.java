package dev.berth.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Speaks to the API as one person would, and waits for the answer. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final String token;

    record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        String code() {
            return body.path("code").asText();
        }
    }

    Client(int port, String token) {
        this.port = port;
        this.token = token;
    }

    Answer get(String path) throws Exception {
        return send("GET", path, null, Map.of());
    }

    Answer post(String path, String body) throws Exception {
        return send("POST", path, body, Map.of());
    }

    Answer put(String path, String body, String etag) throws Exception {
        return send("PUT", path, body, etag == null ? Map.of() : Map.of("If-Match", etag));
    }

    Answer delete(String path, String etag) throws Exception {
        return send("DELETE", path, null, etag == null ? Map.of() : Map.of("If-Match", etag));
    }

    Answer send(String method, String path, String body, Map<String, String> headers) throws Exception {
        HttpResponse<String> response = HTTP.send(request(method, path, body, headers), BodyHandlers.ofString());
        return new Answer(response.statusCode(), parse(response.body()), response);
    }

    /** Posts what may be no text at all. */
    Answer sendBytes(String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(request("POST", path, "", Map.of()), (name, value) -> true)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), parse(response.body()), response);
    }

    HttpRequest request(String method, String path, String body, Map<String, String> headers) {
        var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                        + (path.startsWith("/api") || path.equals("/") ? path : "/api/v1" + path)))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            builder.header("Content-Type", "application/json");
        }
        headers.forEach(builder::setHeader);
        return builder.build();
    }

    HttpClient http() {
        return HTTP;
    }

    private static JsonNode parse(String text) {
        try {
            return text == null || text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (IOException notJson) {
            return JSON.createObjectNode();
        }
    }
}
