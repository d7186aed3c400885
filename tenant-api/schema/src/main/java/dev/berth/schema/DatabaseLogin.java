package dev.berth.schema;

import dev.berth.runtime.Attachments;
import io.vertx.pgclient.PgConnectOptions;
import java.util.function.Function;

/**
 * Where a database is and as whom to sign in.
 *
 * @param url {@code postgresql://host:port/database}, with {@code ?sslmode=} and the like, but never a password
 */
public record DatabaseLogin(String url, String user, String password) {
    private static final int PIPELINED = 256;
    private static final int PREPARED_STATEMENTS = 256;

    /** The login that a role was configured with, or, without a URL, the one to the database that this process started. */
    public static DatabaseLogin find(
            DatabaseLogin configured, Attachments attachments, Function<Database, DatabaseLogin> as) {
        return configured.url().isEmpty() ? as.apply(attachments.find(Database.class, Database.NAME)) : configured;
    }

    /** Options for the reactive client: schema set, statements prepared once for each connection, requests pipelined. */
    public PgConnectOptions connectOptions() {
        return PgConnectOptions.fromUri(url)
                .setUser(user)
                .setPassword(password)
                .addProperty("search_path", "berth")
                .addProperty("application_name", user)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                .setPipeliningLimit(PIPELINED);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
