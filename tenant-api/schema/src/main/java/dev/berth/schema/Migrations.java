package dev.berth.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a database to the present schema: roles first, then Flyway as berth_owner. Safe to repeat; blocks. */
public final class Migrations {
    static final String API = "berth_api";
    static final String GATEWAY = "berth_gateway";
    private static final String OWNER = "berth_owner";
    private static final String SCHEMA = "berth";

    private final DatabaseLogin admin;

    /** {@code admin} may create roles, or the three roles exist and it is a member of berth_owner. */
    public Migrations(DatabaseLogin admin) {
        this.admin = admin;
    }

    /** Migrates, and gives the two application roles the passwords that are not empty. */
    public Database run(String apiPassword, String gatewayPassword) {
        PGSimpleDataSource source = source();
        try (Connection connection = source.getConnection()) {
            prepare(connection, apiPassword, gatewayPassword);
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "Expected to prepare the database as " + admin + ", but: " + refused.getMessage(), refused);
        }
        // Two rooms number their files apart, so a lower number may come later.
        Flyway.configure()
                .dataSource(source)
                .schemas(SCHEMA)
                .createSchemas(false)
                .initSql("SET ROLE " + OWNER)
                .locations("classpath:db")
                .placeholderReplacement(false)
                .outOfOrder(true)
                .load()
                .migrate();
        return new Database(
                new DatabaseLogin(admin.url(), API, apiPassword),
                new DatabaseLogin(admin.url(), GATEWAY, gatewayPassword));
    }

    private PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + admin.url());
        source.setUser(admin.user());
        source.setPassword(admin.password());
        source.setApplicationName("berth-migrations");
        return source;
    }

    private static void prepare(Connection connection, String apiPassword, String gatewayPassword) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Processes that start together wait for each other here.
            statement.execute("SELECT pg_advisory_lock(7164)");
            createRole(connection, OWNER, "NOLOGIN");
            for (String role : List.of(API, GATEWAY)) {
                createRole(connection, role, "LOGIN");
            }
            setPassword(connection, API, apiPassword);
            setPassword(connection, GATEWAY, gatewayPassword);
            if (!ask(connection, "SELECT pg_has_role(current_user, '" + OWNER + "', 'SET')")) {
                statement.execute("GRANT " + OWNER + " TO CURRENT_USER");
            }
            if (!ask(connection, "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = '" + SCHEMA + "')")) {
                statement.execute("CREATE SCHEMA " + SCHEMA + " AUTHORIZATION " + OWNER);
                statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            }
        }
    }

    private static void createRole(Connection connection, String role, String login) throws SQLException {
        if (!ask(connection, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + role + "')")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE ROLE " + role + " " + login + " NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
            }
        }
    }

    private static void setPassword(Connection connection, String role, String password) throws SQLException {
        if (password.isEmpty()) {
            return;
        }
        String change;
        try (PreparedStatement format =
                connection.prepareStatement("SELECT format('ALTER ROLE %I PASSWORD %L', ?, ?)")) {
            format.setString(1, role);
            format.setString(2, password);
            try (ResultSet result = format.executeQuery()) {
                result.next();
                change = result.getString(1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(change);
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(question)) {
            return result.next() && result.getBoolean(1);
        }
    }
}
