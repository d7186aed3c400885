package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.IdempotencyStore;
import dev.berth.api.server.store.IdempotencyStore.Kept;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a repeated POST answer as the first one did. */
final class Idempotency {
    private static final int MAX_KEY = 128;
    /** Answers of this status and above are not kept: the next try may do better. */
    private static final int SERVER_ERRORS = 500;

    private final TenantTransaction transactions;
    private final IdempotencyStore store = new IdempotencyStore();

    Idempotency(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    Future<Reply> answer(Ask ask, Supplier<Future<Reply>> work) {
        String key = ask.request().getHeader("Idempotency-Key");
        if (key == null) {
            return work.get();
        }
        if (key.isEmpty() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refused(new Refusal.Malformed(
                    "Expected an Idempotency-Key of 1 to " + MAX_KEY + " visible ASCII characters."));
        }
        Principal who = ask.who();
        Buffer hash = hash(ask);
        return transactions
                .read(who.tenant(), look -> store.take(look, who.user(), key, hash))
                .compose(
                        kept -> kept == null ? first(who, key, hash, work) : Future.succeededFuture(again(kept, hash)));
    }

    private Future<Reply> first(Principal who, String key, Buffer hash, Supplier<Future<Reply>> work) {
        return work.get()
                .compose(
                        reply -> reply.status() >= SERVER_ERRORS || reply.status() == 0
                                ? release(who, key).map(reply)
                                : keep(who, key, hash, reply).map(reply),
                        failure -> release(who, key).transform(ignored -> Future.failedFuture(failure)));
    }

    private Future<Void> release(Principal who, String key) {
        return transactions.read(who.tenant(), look -> store.release(look, who.user(), key));
    }

    private Future<Void> keep(Principal who, String key, Buffer hash, Reply reply) {
        ObjectNode headers = Json.object();
        reply.headers().forEach(headers::put);
        var kept = new Kept(hash, reply.status(), Json.text(headers), reply.body());
        return transactions.read(who.tenant(), look -> store.answer(look, who.user(), key, kept));
    }

    private static Reply again(Kept kept, Buffer hash) {
        if (!kept.requestHash().equals(hash)) {
            throw new Refused(new Refusal.Invalid(
                    "The Idempotency-Key was used for another request.",
                    List.of(new FieldError("", "idempotency-key-reused", "Take a new key for a new request."))));
        }
        Integer status = kept.status();
        if (status == null) {
            throw new Refused(new Refusal.Conflict(
                    "The first request with this Idempotency-Key is still running.", "Try again in a moment."));
        }
        return new Reply(status, headers(kept.headers()), kept.body()).with("Idempotency-Replayed", "true");
    }

    private static Map<String, String> headers(@Nullable String json) {
        Map<String, String> headers = new HashMap<>();
        if (json != null) {
            Json.trusted(json)
                    .properties()
                    .forEach(entry ->
                            headers.put(entry.getKey(), entry.getValue().asText()));
        }
        return headers;
    }

    private static Buffer hash(Ask ask) {
        return Secret.sha256(ask.operation().id() + "\n" + ask.request().uri() + "\n"
                + ask.body().toString());
    }
}
