package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Guesses;
import dev.berth.api.server.access.Passwords;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.store.UserStore;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and who a shown secret belongs to. */
public final class Users {
    private static final int MAX_SECRET = 256;

    private final TenantTransaction transactions;
    private final Passwords passwords;
    private final Duration sessionLife;
    private final InstantSource clock;
    private final Guesses guesses;
    private final UserStore store = new UserStore();

    /** A session that was just made; the token is shown this once. */
    public record SignedIn(String token, Principal principal) {}

    public Users(TenantTransaction transactions, Passwords passwords, Duration sessionLife, InstantSource clock) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.sessionLife = sessionLife;
        this.clock = clock;
        this.guesses = new Guesses(clock);
    }

    /** Signs in; {@code from} is the address that asks. */
    public Future<SignedIn> signIn(String email, String password, String from) {
        return guesses.bounded("email " + email, from, () -> transactions
                .anonymous(look -> store.findLogin(look, email))
                .compose(login -> passwords
                        .matches(password, login == null ? null : login.passwordHash())
                        .compose(same -> {
                            if (!same || login == null) {
                                throw new Refused(new Refusal.Unauthenticated(
                                        "Expected a known email and its password.", "Try again."));
                            }
                            return open(login.tenant(), login.user(), false);
                        })));
    }

    /** Signs in with a one-time token, which is spent by it. */
    public Future<SignedIn> oneTime(String token, String from) {
        return guesses.bounded("one-time", from, () -> transactions
                .anonymous(look -> store.spendOneTime(look, Secret.sha256(token)))
                .compose(row -> {
                    if (row == null
                            || row.getOffsetDateTime("expires_at").toInstant().isBefore(clock.instant())) {
                        throw new Refused(new Refusal.Unauthenticated(
                                "Expected a one-time link that was not used and has not expired.",
                                "Ask for a new one."));
                    }
                    return open(row.getUUID("tenant_id"), row.getUUID("user_id"), true);
                }));
    }

    /** Whom the shown session or personal token belongs to. */
    public Future<Principal> authenticate(String token) {
        boolean personal = token.startsWith(Secret.PERSONAL);
        if (token.length() > MAX_SECRET || !(personal || token.startsWith(Secret.SESSION))) {
            return Future.failedFuture(unknown());
        }
        var hash = Secret.sha256(token);
        Future<@Nullable Principal> found =
                transactions.anonymous(look -> personal ? store.findToken(look, hash) : store.findSession(look, hash));
        return found.map(principal -> {
            if (principal == null || !clock.instant().isBefore(principal.expiresAt())) {
                throw unknown();
            }
            return principal;
        });
    }

    public Future<Void> signOut(Principal who) {
        return who.session()
                ? transactions.write(who.tenant(), change -> store.deleteSession(change, who.credential()))
                : Future.succeededFuture();
    }

    /** Sets the password; the old one proves who asks, unless a one-time link just did. */
    public Future<Void> changePassword(Principal who, @Nullable String current, String next) {
        return guesses.bounded("password", who.user().toString(), () -> proven(who, current))
                .compose(proven -> passwords.hash(next))
                .compose(hash -> transactions.write(who.tenant(), change -> store.setPassword(change, who.user(), hash)
                        .compose(v -> store.deleteOtherSessions(change, who.user(), who.credential()))));
    }

    private Future<Void> proven(Principal who, @Nullable String current) {
        Future<Boolean> proven = who.oneTime()
                ? Future.succeededFuture(true)
                : transactions
                        .anonymous(look -> store.findLogin(look, who.email()))
                        .compose(login -> {
                            String stored = login == null ? null : login.passwordHash();
                            return stored == null
                                    ? Future.succeededFuture(who.session())
                                    : passwords.matches(current == null ? "" : current, stored);
                        });
        return proven.map(same -> {
            if (!same) {
                throw ConfigObjects.invalid("/currentPassword", "wrong", "Expected the present password.");
            }
            return null;
        });
    }

    private Future<SignedIn> open(UUID tenant, UUID user, boolean oneTime) {
        String token = Secret.random(Secret.SESSION);
        var hash = Secret.sha256(token);
        return transactions
                .write(tenant, change -> {
                    OffsetDateTime expiresAt = change.now().plus(sessionLife);
                    UUID id = Secret.newId(clock.millis());
                    return store.insertSession(change, new UserStore.NewSecret(user, id, hash, expiresAt), oneTime);
                })
                .compose(v -> authenticate(token))
                .map(principal -> new SignedIn(token, principal));
    }

    private static Refused unknown() {
        return new Refused(new Refusal.Unauthenticated(
                "Expected a token of a session or a personal access token, but it is unknown or has expired.",
                "Sign in again."));
    }

    /** The user as users see it. */
    public static ObjectNode view(Principal who) {
        ObjectNode answer = Json.object();
        answer.putObject("user")
                .put("id", who.user().toString())
                .put("email", who.email())
                .put("name", who.name())
                .put("role", who.role().word());
        answer.putObject("tenant").put("id", who.tenant().toString()).put("name", who.tenantName());
        return answer;
    }
}
