package dev.berth.demo.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The REST API as any client has it. What could not be sent, or was answered by "later", is sent again a few times with
 * the same Idempotency-Key.
 */
public final class ApiClient {
    private static final String BASE = "/api/v1";
    private static final int TRIES = 8;
    private static final int FIRST_WAIT_MILLIS = 100;
    private static final int PAGE = 500;
    private static final int CONFLICT = 409;

    private final Vertx vertx;
    private final WebClient web;
    private final String token;

    public ApiClient(Vertx vertx, int port, String token) {
        this.vertx = vertx;
        this.token = token;
        this.web = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(port)
                        .setConnectTimeout(2_000)
                        .setIdleTimeout(60)
                        .setDecompressionSupported(true));
    }

    public Future<JsonObject> get(String path) {
        return send(HttpMethod.GET, path, null).compose(ApiClient::accepted);
    }

    public Future<JsonObject> post(String path, JsonObject body) {
        return send(HttpMethod.POST, path, body).compose(ApiClient::accepted);
    }

    public Future<Void> delete(String path) {
        return send(HttpMethod.DELETE, path, null).mapEmpty();
    }

    /** Makes the object unless there is one of that name. */
    public Future<Void> ensure(String path, JsonObject body) {
        return send(HttpMethod.POST, path, body)
                .compose(response -> response.statusCode() == CONFLICT
                        ? Future.succeededFuture()
                        : accepted(response).mapEmpty());
    }

    /** Submits up to 100 workloads; the answers stand in their order. */
    public Future<List<JsonObject>> submit(List<JsonObject> workloads) {
        return post("/workloads:batch", new JsonObject().put("items", new JsonArray(workloads)))
                .map(answer -> answer.getJsonArray("results").stream()
                        .map(JsonObject.class::cast)
                        .toList());
    }

    /** Reads a list page by page; succeeds with how many there were. */
    public Future<Integer> each(String path, Consumer<JsonObject> one) {
        return page(path, "", one, 0);
    }

    private Future<Integer> page(String path, String cursor, Consumer<JsonObject> one, int before) {
        String query =
                (path.contains("?") ? "&" : "?") + "limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        return get(path + query).compose(answer -> {
            JsonArray items = answer.getJsonArray("items");
            items.forEach(item -> one.accept((JsonObject) item));
            String next = answer.getString("next");
            int total = before + items.size();
            return next == null || next.isEmpty() ? Future.succeededFuture(total) : page(path, next, one, total);
        });
    }

    private Future<HttpResponse<Buffer>> send(HttpMethod method, String path, @Nullable JsonObject body) {
        return attempt(method, path, body, UUID.randomUUID().toString(), 1);
    }

    private Future<HttpResponse<Buffer>> attempt(
            HttpMethod method, String path, @Nullable JsonObject body, String key, int tries) {
        HttpRequest<Buffer> request = web.request(method, BASE + path).bearerTokenAuthentication(token);
        if (method == HttpMethod.POST) {
            request.putHeader("Idempotency-Key", key);
        }
        Future<HttpResponse<Buffer>> sent = body == null ? request.send() : request.sendJsonObject(body);
        return sent.transform(done -> {
            boolean later = done.failed() || isLater(done.result().statusCode());
            if (!later || tries >= TRIES) {
                return done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause());
            }
            return pause(FIRST_WAIT_MILLIS << Math.min(tries, 5))
                    .compose(waited -> attempt(method, path, body, key, tries + 1));
        });
    }

    private static boolean isLater(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(millis, timer -> over.complete());
        return over.future();
    }

    private static Future<JsonObject> accepted(HttpResponse<Buffer> response) {
        if (response.statusCode() >= 300) {
            return Future.failedFuture("The API answered " + response.statusCode() + ": " + response.bodyAsString());
        }
        return Future.succeededFuture(response.body() == null ? new JsonObject() : response.bodyAsJsonObject());
    }
}
