package dev.berth.api.server.store;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The only way to a connection: BEGIN, set the tenant, work, COMMIT. The setting is local to the transaction, so a pooled
 * connection is blind again when it goes back. The first statements travel together.
 */
public final class TenantTransaction {
    private static final String SET_TENANT = "SELECT set_config('berth.tenant', $1, true)";
    private static final String LOCK = "SELECT lock_tenant($1) AS version";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    /** NUL and the like, from a path or message that nobody looked at before. */
    private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");
    /** In front of every tenant: nobody's rows are seen, only functions answer. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Pool pool;
    private final Doorbell doorbell;
    private final InstantSource clock;

    public TenantTransaction(Pool pool, Doorbell doorbell, InstantSource clock) {
        this.pool = pool;
        this.doorbell = doorbell;
        this.clock = clock;
    }

    /** Reads within one tenant. */
    public <T> Future<T> read(UUID tenant, Function<Look, Future<T>> work) {
        return inTransaction(
                tenant, (connection, begun) -> begun.compose(v -> work.apply(new Look(connection, tenant))));
    }

    /** Asks what can be asked before the tenant is known: sign-in, tokens, housekeeping. */
    public <T> Future<T> anonymous(Function<Look, Future<T>> work) {
        return read(NOBODY, work);
    }

    /** Changes within one tenant: all or nothing, numbered, and told to who waits. */
    public <T> Future<T> write(UUID tenant, Function<Change, Future<T>> work) {
        Change[] made = new Change[1];
        return this.<T>inTransaction(tenant, (connection, begun) -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(tenant))
                        .compose(rows -> {
                            var row = rows.iterator().next();
                            Long version = row.getLong("version");
                            var change = new Change(
                                    connection,
                                    tenant,
                                    version == null ? 0 : version,
                                    clock.instant().atOffset(ZoneOffset.UTC));
                            made[0] = change;
                            return work.apply(change)
                                    .compose(result -> change.flush().map(result));
                        }))
                .onSuccess(result -> {
                    if (made[0].changed()) {
                        doorbell.ring(tenant, made[0].version(), made[0].clusters());
                    }
                });
    }

    private <T> Future<T> inTransaction(UUID tenant, BiFunction<SqlConnection, Future<?>, Future<T>> work) {
        return pool.getConnection()
                .recover(unreachable -> Future.failedFuture(
                        unreachable instanceof Refused
                                ? unreachable
                                : new Refused(new Refusal.Busy("The database does not answer.", 2))))
                .compose(connection -> {
                    Future<Transaction> transaction = connection.begin();
                    Future<?> tenantSet = connection.preparedQuery(SET_TENANT).execute(Tuple.of(tenant.toString()));
                    return transaction
                            .compose(begun -> guarded(() -> work.apply(connection, tenantSet))
                                    .compose(result -> begun.commit().map(result), failure -> begun.rollback()
                                            .transform(ignored -> Future.failedFuture(failure))))
                            .onComplete(done -> connection.close());
                })
                .recover(failure -> Future.failedFuture(refusal(failure)));
    }

    private static <T> Future<T> guarded(java.util.function.Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private static Throwable refusal(Throwable failure) {
        if (failure instanceof PgException refused) {
            if (UNIQUE_VIOLATION.equals(refused.getSqlState())) {
                return new Refused(new Refusal.Conflict("The name is taken.", "Choose another name."));
            }
            if (FOREIGN_KEY_VIOLATION.equals(refused.getSqlState())) {
                return new Refused(new Refusal.Conflict("Something still refers to it.", "Remove that first."));
            }
            if (UNSTORABLE_TEXT.contains(refused.getSqlState())) {
                return new Refused(new Refusal.Malformed("Expected Unicode text without NUL."));
            }
        }
        return failure;
    }
}
