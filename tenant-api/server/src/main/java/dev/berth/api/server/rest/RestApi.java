package dev.berth.api.server.rest;

import dev.berth.api.server.access.Secret;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request goes through, in order; then the operation's own handler. */
public final class RestApi {
    private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_RUNNING = 512;

    private final RouteTable routes;
    private final Gate gate;
    private final Idempotency idempotency;
    private final Map<String, Handlers.Handler> handlers = new HashMap<>();
    private int running;

    RestApi(RouteTable routes, Gate gate, Idempotency idempotency, List<Handlers> groups) {
        this.routes = routes;
        this.gate = gate;
        this.idempotency = idempotency;
        groups.forEach(group -> handlers.putAll(group.handlers()));
        for (RouteTable.Operation operation : routes.operations()) {
            if (!handlers.containsKey(operation.id())) {
                throw new IllegalStateException("The contract has " + operation.id() + ", but nobody handles it");
            }
        }
    }

    /** Answers a request below {@code /api}. */
    void handle(HttpServerRequest request) {
        String requestId = requestId(request);
        request.response().putHeader("X-Request-Id", requestId).putHeader("Cache-Control", "no-store");
        request.pause();
        if (running >= MAX_RUNNING) {
            send(request, Problem.reply(new Refusal.Busy("Too many requests at once.", 1), requestId));
            return;
        }
        running++;
        guarded(() -> route(request, requestId))
                .otherwise(failure -> problem(request, failure, requestId))
                .onComplete(reply -> {
                    running--;
                    send(request, reply.result());
                });
    }

    private Future<Reply> route(HttpServerRequest request, String requestId) {
        String path = request.path();
        if (path == null || !path.startsWith(routes.base() + "/")) {
            throw new Refused(new Refusal.NotFound("path", "here"));
        }
        String rest = path.substring(routes.base().length());
        RouteTable.Found found = routes.find(request.method().name(), rest);
        if (found == null) {
            var methods = routes.methods(rest);
            if (methods.isEmpty()) {
                throw new Refused(new Refusal.NotFound("path", "here"));
            }
            String allow = String.join(", ", methods);
            return Future.succeededFuture(
                    Problem.plain(405, "method-not-allowed", "Expected one of " + allow + ".", requestId)
                            .with("Allow", allow));
        }
        if (found.operation().open()) {
            return read(request, found).compose(body -> run(new Ask(request, found, requestId, null, body)));
        }
        return gate.admit(request).compose(who -> read(request, found)
                .compose(body -> run(new Ask(request, found, requestId, who, body))));
    }

    private static Future<Buffer> read(HttpServerRequest request, RouteTable.Found found) {
        if (!found.operation().body()) {
            if (!StreamRoutes.SOCKETS.contains(found.operation().id())) {
                request.resume();
            }
            return Future.succeededFuture(Buffer.buffer());
        }
        return Bodies.read(
                request, found.operation().id().equals("submitWorkloads") ? Bodies.MAX_BATCH_BYTES : Bodies.MAX_BYTES);
    }

    private Future<Reply> run(Ask ask) {
        ask.checkQuery();
        Handlers.Handler handler = handlers.get(ask.operation().id());
        if (handler == null) {
            throw new IllegalStateException("checked at start");
        }
        return ask.operation().keeps()
                ? idempotency.answer(
                        ask, () -> guarded(() -> handler.handle(ask)).recover(failure -> refusalOnly(failure, ask)))
                : handler.handle(ask);
    }

    /** A refusal is an answer that is kept as well; a bug is not. */
    private static Future<Reply> refusalOnly(Throwable failure, Ask ask) {
        return failure instanceof Refused refused
                ? Future.succeededFuture(Problem.reply(refused.refusal(), ask.requestId()))
                : Future.failedFuture(failure);
    }

    private static Future<Reply> guarded(java.util.function.Supplier<Future<Reply>> work) {
        try {
            return work.get();
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private static Reply problem(HttpServerRequest request, Throwable failure, String requestId) {
        if (failure instanceof Refused refused) {
            return Problem.reply(refused.refusal(), requestId);
        }
        LOG.error("{} {} failed, request {}", request.method(), request.path(), requestId, failure);
        return Problem.plain(500, "internal", "Something went wrong on our side. Report the request id.", requestId);
    }

    static void send(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (reply.status() == 0 || response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (!request.isEnded()) {
            // The rest of the body is not read: this connection can carry no other request.
            response.putHeader("Connection", "close");
            request.resume();
        }
        Buffer body = reply.body();
        if (body == null) {
            response.end();
        } else {
            response.end(body);
        }
    }

    private static String requestId(HttpServerRequest request) {
        String given = request.getHeader("X-Request-Id");
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : Secret.random("").substring(0, 22);
    }
}
