package dev.berth.api.server.store;

import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.UserRole;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants, users, their sessions and tokens. */
public final class UserStore {
    /** What a sign-in is checked against. */
    public record Login(UUID tenant, UUID user, @Nullable String passwordHash) {}

    /** A secret of a user that is about to be kept, as its fingerprint. */
    public record NewSecret(UUID user, UUID id, Buffer sha256, OffsetDateTime expiresAt) {}

    /** A user that is about to be. */
    public record NewUser(
            UUID id,
            String email,
            String name,
            UserRole role,
            @Nullable String passwordHash) {}

    public Future<@Nullable Login> findLogin(Look look, String email) {
        return look.first("SELECT tenant_id, user_id, password_hash FROM find_login($1)", email)
                .map(row -> row == null
                        ? null
                        : new Login(row.getUUID("tenant_id"), row.getUUID("user_id"), row.getString("password_hash")));
    }

    /** Who shows this session token. */
    public Future<@Nullable Principal> findSession(Look look, Buffer sha256) {
        return look.first("SELECT * FROM find_session($1)", sha256)
                .map(row -> row == null ? null : principal(row, true));
    }

    /** Who shows this personal access token. */
    public Future<@Nullable Principal> findToken(Look look, Buffer sha256) {
        return look.first("SELECT * FROM find_token($1)", sha256)
                .map(row -> row == null ? null : principal(row, false));
    }

    /** Spends the one-time token; the expiry is left to the caller. */
    public Future<@Nullable Row> spendOneTime(Look look, Buffer sha256) {
        return look.first("SELECT * FROM spend_one_time($1)", sha256);
    }

    public Future<Void> insertSession(Change change, NewSecret secret, boolean oneTime) {
        return change.query(
                        "UPDATE users SET last_sign_in_at = $3 WHERE tenant_id = $1 AND id = $2",
                        change.tenant(),
                        secret.user(),
                        change.now())
                .compose(v -> change.query(
                        "INSERT INTO sessions (tenant_id, id, user_id, token_sha256, one_time, created_at, expires_at)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        change.tenant(),
                        secret.id(),
                        secret.user(),
                        secret.sha256(),
                        oneTime,
                        change.now(),
                        secret.expiresAt()))
                .mapEmpty();
    }

    public Future<Void> deleteSession(Change change, UUID id) {
        return change.query("DELETE FROM sessions WHERE tenant_id = $1 AND id = $2", change.tenant(), id)
                .mapEmpty();
    }

    public Future<Void> deleteOtherSessions(Change change, UUID user, UUID keep) {
        return change.query(
                        "DELETE FROM sessions WHERE tenant_id = $1 AND user_id = $2 AND id <> $3",
                        change.tenant(),
                        user,
                        keep)
                .mapEmpty();
    }

    public Future<Void> setPassword(Change change, UUID user, String hash) {
        return change.query(
                        "UPDATE users SET password_hash = $3 WHERE tenant_id = $1 AND id = $2",
                        change.tenant(),
                        user,
                        hash)
                .mapEmpty();
    }

    /** The kind is {@code personal} or {@code one-time}. */
    public Future<Void> insertToken(Change change, NewSecret secret, String kind, String name) {
        return change.query(
                        "INSERT INTO tokens (tenant_id, id, user_id, kind, name, token_sha256, created_at, expires_at)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        change.tenant(),
                        secret.id(),
                        secret.user(),
                        kind,
                        name,
                        secret.sha256(),
                        change.now(),
                        secret.expiresAt())
                .mapEmpty();
    }

    public Future<RowSet<Row>> tokens(Look look, UUID user, @Nullable UUID after, int limit) {
        return look.query(
                "SELECT id, name, created_at, expires_at, last_used_at FROM tokens WHERE user_id = $1 AND kind = 'personal'"
                        + " AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
                user,
                after,
                limit);
    }

    public Future<Boolean> deleteToken(Change change, UUID user, String id) {
        return change.query(
                        "DELETE FROM tokens WHERE tenant_id = $1 AND user_id = $2 AND id = uuid_or_null($3) AND kind = 'personal'",
                        change.tenant(),
                        user,
                        id)
                .map(rows -> rows.rowCount() > 0);
    }

    public Future<Void> tokenUsed(Change change, UUID id) {
        return change.query(
                        "UPDATE tokens SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2",
                        change.tenant(),
                        id,
                        change.now())
                .mapEmpty();
    }

    public Future<@Nullable UUID> findTenant(Look look, String name) {
        return look.first("SELECT find_tenant($1) AS id", name).map(row -> row == null ? null : row.getUUID("id"));
    }

    public Future<Boolean> nobodyThere(Look look) {
        return look.first("SELECT installation_is_empty() AS empty").map(row -> row != null && row.getBoolean("empty"));
    }

    public Future<Void> insertTenant(Look look, UUID id, String name) {
        return look.query("INSERT INTO tenants (id, name) VALUES ($1, $2)", id, name)
                .mapEmpty();
    }

    /** Makes the user unless the address is known; an existing one keeps password and role. */
    public Future<Void> insertUser(Change change, NewUser user) {
        return change.query(
                        "INSERT INTO users (tenant_id, id, email, name, role, password_hash, created_at) VALUES ($1, $2, lower($3), $4, $5, $6, $7)"
                                + " ON CONFLICT (email) DO NOTHING",
                        change.tenant(),
                        user.id(),
                        user.email(),
                        user.name(),
                        user.role().word(),
                        user.passwordHash(),
                        change.now())
                .mapEmpty();
    }

    public Future<@Nullable UUID> findUser(Look look, String email) {
        return look.first("SELECT id FROM users WHERE email = lower($1)", email)
                .map(row -> row == null ? null : row.getUUID("id"));
    }

    private static Principal principal(Row row, boolean session) {
        return new Principal(
                row.getUUID("tenant_id"),
                row.getString("tenant_name"),
                row.getUUID("user_id"),
                row.getString("email"),
                row.getString("name"),
                UserRole.of(row.getString("role")),
                row.getUUID("id"),
                session,
                row.getBoolean("one_time"),
                row.getOffsetDateTime("expires_at").toInstant());
    }
}
