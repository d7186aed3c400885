package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answers that repeated requests get. */
public final class IdempotencyStore {
    /** After so many seconds without an answer the first request is taken for dead. */
    private static final int STALE_SECONDS = 60;

    /** What stands under a key: the request's fingerprint and, when it ended, its answer. */
    public record Kept(
            Buffer requestHash,
            @Nullable Integer status,
            @Nullable String headers,
            @Nullable Buffer body) {}

    /** Takes the key; null when it was free, else what stands there. */
    public Future<@Nullable Kept> take(Look look, UUID user, String key, Buffer hash) {
        return look.query(
                        "INSERT INTO idempotency_keys AS k (tenant_id, user_id, key, request_hash) VALUES ($1, $2, $3, $4)"
                                + " ON CONFLICT (tenant_id, user_id, key) DO UPDATE SET created_at = now() WHERE k.status IS NULL"
                                + " AND k.request_hash = $4 AND k.created_at < now() - make_interval(secs => $5) RETURNING key",
                        look.tenant(),
                        user,
                        key,
                        hash,
                        (double) STALE_SECONDS)
                .compose(taken -> taken.size() > 0 ? Future.succeededFuture() : kept(look, user, key));
    }

    public Future<Void> answer(Look look, UUID user, String key, Kept answer) {
        return look.query(
                        "UPDATE idempotency_keys SET status = $4, headers = $5::text::jsonb, body = $6"
                                + " WHERE tenant_id = $1 AND user_id = $2 AND key = $3",
                        look.tenant(),
                        user,
                        key,
                        answer.status(),
                        answer.headers(),
                        answer.body())
                .mapEmpty();
    }

    public Future<Void> release(Look look, UUID user, String key) {
        return look.query(
                        "DELETE FROM idempotency_keys WHERE tenant_id = $1 AND user_id = $2 AND key = $3",
                        look.tenant(),
                        user,
                        key)
                .mapEmpty();
    }

    private Future<@Nullable Kept> kept(Look look, UUID user, String key) {
        return look.first(
                        "SELECT request_hash, status, headers::text AS headers, body FROM idempotency_keys WHERE user_id = $1 AND key = $2",
                        user,
                        key)
                .map(row -> row == null
                        ? null
                        : new Kept(
                                row.getBuffer("request_hash"),
                                row.getInteger("status"),
                                row.getString("headers"),
                                row.getBuffer("body")));
    }
}
