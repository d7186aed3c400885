package dev.berth.api.server;

import dev.berth.api.server.access.Passwords;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.access.UserRole;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.store.UserStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes tenants and users before anybody can sign in, and hands out their first secrets. Attached under {@link #NAME} for
 * the demo and for tests; no request reaches it. May be called from any thread; repeating a call changes nothing that is
 * there.
 */
public final class Bootstrap {
    public static final String NAME = "control-plane";
    private static final Duration LINK_LIFE = Duration.ofHours(24);

    private final Context context;
    private final TenantTransaction transactions;
    private final Passwords passwords;
    private final InstantSource clock;
    private final UserStore store = new UserStore();

    Bootstrap(Context context, TenantTransaction transactions, Passwords passwords, InstantSource clock) {
        this.context = context;
        this.transactions = transactions;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * A user to make.
     *
     * @param password null: none, so a one-time link is the only way in
     */
    public record FirstUser(
            String email,
            String name,
            UserRole role,
            @Nullable String password) {}

    /** Whether nobody was ever made here. */
    public Future<Boolean> nobodyThere() {
        return here(() -> transactions.anonymous(store::nobodyThere));
    }

    /** The id of the tenant of that name, made when there is none. */
    public Future<UUID> tenant(String name) {
        return here(() -> transactions
                .anonymous(look -> store.findTenant(look, name))
                .compose(found -> {
                    if (found != null) {
                        return Future.succeededFuture(found);
                    }
                    UUID id = Secret.newId(clock.millis());
                    return transactions
                            .read(id, look -> store.insertTenant(look, id, name))
                            .map(id);
                }));
    }

    /** Makes the user unless the email is known. */
    public Future<Void> user(UUID tenant, FirstUser user) {
        return here(() -> {
            String password = user.password();
            Future<@Nullable String> hash = password == null
                    ? Future.succeededFuture()
                    : passwords.hash(password).map(text -> text);
            return hash.compose(hashed -> transactions.write(
                    tenant,
                    change -> store.insertUser(
                            change,
                            new UserStore.NewUser(
                                    Secret.newId(clock.millis()), user.email(), user.name(), user.role(), hashed))));
        });
    }

    /** The token of a one-time link {@code /?token=...} that signs the user in; lasts a day. */
    public Future<String> oneTimeToken(UUID tenant, String email) {
        return secret(tenant, email, "one-time", LINK_LIFE, "");
    }

    /** A personal access token of the user, for a client of our own. */
    public Future<String> personalToken(UUID tenant, String email, Duration life) {
        return secret(tenant, email, "personal", life, Secret.PERSONAL);
    }

    private Future<String> secret(UUID tenant, String email, String kind, Duration life, String prefix) {
        return here(() -> {
            String token = Secret.random(prefix);
            BiFunction<UUID, java.time.OffsetDateTime, UserStore.NewSecret> made = (user, now) -> {
                Buffer hash = Secret.sha256(token);
                return new UserStore.NewSecret(user, Secret.newId(clock.millis()), hash, now.plus(life));
            };
            return transactions.write(
                    tenant, change -> store.findUser(change, email).compose(user -> {
                        if (user == null) {
                            throw new IllegalArgumentException("There is no user " + email + " in this tenant.");
                        }
                        return store.insertToken(change, made.apply(user, change.now()), kind, "bootstrap")
                                .map(token);
                    }));
        });
    }

    /** The verticle's state is touched on its own event loop only. */
    private <T extends @Nullable Object> Future<T> here(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> work.get().onComplete(done));
        return done.future();
    }
}
