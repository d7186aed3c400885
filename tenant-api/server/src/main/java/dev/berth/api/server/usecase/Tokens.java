package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.store.UserStore;
import dev.berth.api.server.wire.Cursor;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Personal access tokens: each user's own, acting as that user. */
public final class Tokens {
    private static final String ORDER = "tokens";

    private final TenantTransaction transactions;
    private final UserStore store = new UserStore();

    public Tokens(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** The answer holds the secret, this once. */
    public Future<ObjectNode> create(Principal who, String name, int days) {
        String token = Secret.random(Secret.PERSONAL);
        return transactions.write(who.tenant(), change -> {
            UUID id = Secret.newId(change.now().toInstant().toEpochMilli());
            var expiresAt = change.now().plusDays(days);
            ObjectNode answer = Json.object()
                    .put("id", id.toString())
                    .put("name", name)
                    .put("token", token)
                    .put("createdAt", Json.time(change.now()))
                    .put("expiresAt", Json.time(expiresAt))
                    .putNull("lastUsedAt");
            var secret = new UserStore.NewSecret(who.user(), id, Secret.sha256(token), expiresAt);
            return store.insertToken(change, secret, "personal", name).map(answer);
        });
    }

    public Future<Page<ObjectNode>> list(Principal who, @Nullable String cursor, int limit) {
        UUID after = cursor == null
                ? null
                : id(Cursor.decode(cursor, ORDER, 1).values().get(0));
        return transactions.read(who.tenant(), look -> store.tokens(look, who.user(), after, limit + 1)
                .map(rows -> {
                    List<ObjectNode> items = new ArrayList<>();
                    rows.forEach(row -> items.add(view(row)));
                    boolean more = items.size() > limit;
                    List<ObjectNode> shown = more ? items.subList(0, limit) : items;
                    String next = more
                            ? new Cursor(
                                            ORDER,
                                            List.of(shown.get(limit - 1)
                                                    .get("id")
                                                    .asText()))
                                    .encoded()
                            : null;
                    return new Page<>(shown, next);
                }));
    }

    public Future<Void> delete(Principal who, String id) {
        return transactions.write(who.tenant(), change -> store.deleteToken(change, who.user(), id)
                .map(deleted -> {
                    if (!deleted) {
                        throw new Refused(new Refusal.NotFound("token", Names.shown(id)));
                    }
                    return null;
                }));
    }

    /** Notes that the token was used; for the list only. */
    public Future<Void> used(Principal who) {
        return transactions.write(who.tenant(), change -> store.tokenUsed(change, who.credential()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException garbage) {
            throw Cursor.unusable();
        }
    }

    private static ObjectNode view(Row row) {
        ObjectNode token = Json.object()
                .put("id", row.getUUID("id").toString())
                .put("name", row.getString("name"))
                .put("createdAt", Json.time(row.getOffsetDateTime("created_at")))
                .put("expiresAt", Json.time(row.getOffsetDateTime("expires_at")));
        var used = row.getOffsetDateTime("last_used_at");
        return used == null ? token.putNull("lastUsedAt") : token.put("lastUsedAt", Json.time(used));
    }
}
