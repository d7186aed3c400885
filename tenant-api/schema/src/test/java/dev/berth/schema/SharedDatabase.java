package dev.berth.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** One migrated PostgreSQL for all tests of a JVM, stopped when the JVM ends. Other rooms' tests use it, too. */
public final class SharedDatabase {
    private static EmbeddedDatabase running;
    private static Database logins;

    private SharedDatabase() {}

    public static synchronized Database logins() throws IOException {
        if (running == null) {
            EmbeddedDatabase started =
                    EmbeddedDatabase.start(Files.createTempDirectory(Path.of("target"), "pg"), 0, false);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    started.close();
                } catch (IOException ignored) {
                    // The JVM ends; nothing is left to tell it to.
                }
            }));
            logins = started.migrate();
            running = started;
        }
        return logins;
    }

    public static Connection admin() throws IOException, SQLException {
        logins();
        return connect(running.admin());
    }

    static Connection connect(DatabaseLogin login) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setCurrentSchema("berth");
        return source.getConnection();
    }

    public static List<String> column(Connection connection, String query, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(result.getString(1));
                }
            }
            return found;
        }
    }
}
