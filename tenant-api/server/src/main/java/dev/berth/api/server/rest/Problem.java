package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A refusal as RFC 9457 has it. */
final class Problem {
    private static final String TYPES = "https://berth.dev/problems/";

    private Problem() {}

    static ObjectNode of(Refusal refusal, String requestId) {
        ObjectNode problem = Json.object();
        problem.put("type", TYPES + refusal.code());
        problem.put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase());
        problem.put("status", refusal.status());
        problem.put("code", refusal.code());
        problem.put("detail", refusal.detail());
        if (!refusal.hint().isEmpty()) {
            problem.put("hint", refusal.hint());
        }
        if (refusal instanceof Refusal.Invalid invalid) {
            ArrayNode errors = problem.putArray("errors");
            for (Refusal.FieldError error : invalid.errors()) {
                errors.addObject()
                        .put("pointer", error.pointer())
                        .put("code", error.code())
                        .put("detail", error.detail());
            }
        }
        problem.put("requestId", requestId);
        return problem;
    }

    static Reply reply(Refusal refusal, String requestId) {
        var reply = new Reply(
                refusal.status(),
                Map.of("Content-Type", Reply.PROBLEM),
                Buffer.buffer(Json.bytes(of(refusal, requestId))));
        if (refusal instanceof Refusal.TooManyRequests slower) {
            return reply.with("Retry-After", Integer.toString(slower.retryAfterSeconds()));
        }
        if (refusal instanceof Refusal.Busy busy) {
            return reply.with("Retry-After", Integer.toString(busy.retryAfterSeconds()));
        }
        return refusal instanceof Refusal.Unauthenticated ? reply.with("WWW-Authenticate", "Bearer") : reply;
    }

    /** For what HTTP alone refuses. */
    static Reply plain(int status, String code, String detail, String requestId) {
        ObjectNode problem = Json.object()
                .put("type", TYPES + code)
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .put("requestId", requestId);
        return new Reply(status, Map.of("Content-Type", Reply.PROBLEM), Buffer.buffer(Json.bytes(problem)));
    }
}
