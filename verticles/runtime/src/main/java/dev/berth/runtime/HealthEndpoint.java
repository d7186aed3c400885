package dev.berth.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** {@code /healthz} (the process lives), {@code /readyz} (every part serves, or which does not) and {@code /metrics}. */
final class HealthEndpoint extends VerticleBase {
    private final ProcessConfig config;
    private final Health health;
    private final PrometheusMeterRegistry registry;
    private volatile int port = -1;

    HealthEndpoint(ProcessConfig config, Health health, PrometheusMeterRegistry registry) {
        this.config = config;
        this.health = health;
        this.registry = registry;
    }

    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(config.healthPort(), config.healthHost())
                .onSuccess(server -> port = server.actualPort());
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/healthz" -> request.response().end("ok\n");
            case "/readyz" -> readiness(request);
            case "/metrics" ->
                vertx.executeBlocking(registry::scrape).onSuccess(text -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text));
            default -> request.response().setStatusCode(404).end("Try /healthz, /readyz or /metrics.\n");
        }
    }

    private void readiness(HttpServerRequest request) {
        JsonObject parts = new JsonObject();
        for (Map.Entry<String, Health.Status> part : health.parts().entrySet()) {
            Health.Status status = part.getValue();
            parts.put(part.getKey(), status.ready() ? "ready" : status.detail());
        }
        request.response()
                .setStatusCode(health.ready() ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(new JsonObject()
                        .put("ready", health.ready())
                        .put("parts", parts)
                        .encode());
    }
}
