package dev.berth.api.server;

import dev.berth.api.server.access.UserRole;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleContext;
import dev.berth.schema.Database;
import dev.berth.schema.DatabaseLogin;
import dev.berth.schema.EmbeddedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** One API on one embedded PostgreSQL for all tests of a JVM, with two tenants that must know nothing of each other. */
final class ApiProcess {
    static final String PASSWORD = "correct horse battery staple";
    private static ApiProcess running;

    final Vertx vertx;
    final Bus bus;
    final RoleContext context;
    final Listening listening;
    final Bootstrap bootstrap;
    final EmbeddedDatabase database;

    /** A tenant of the tests, and the tokens of its people. */
    record Tenant(UUID id, String name, String admin, String manager, String researcher) {}

    private ApiProcess() throws Exception {
        database = EmbeddedDatabase.start(
                Files.createTempDirectory(Path.of("target"), "pg"), 0, Boolean.getBoolean("berth.durable"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                database.close();
            } catch (java.io.IOException ignored) {
                // The JVM ends.
            }
        }));
        Database logins = database.migrate();
        vertx = Vertx.vertx();
        var attachments = new Attachments();
        attachments.attach(Database.class, Database.NAME, logins);
        bus = new Bus(vertx, InstantSource.system());
        context = new RoleContext(
                "api",
                vertx,
                bus,
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                attachments,
                InstantSource.system());
        for (Deployment deployment : new ApiRole().deployments(config(), context)) {
            await(vertx.deployVerticle(deployment.verticle()::get, new io.vertx.core.DeploymentOptions()));
        }
        listening = attachments.find(Listening.class, Listening.NAME);
        bootstrap = attachments.find(Bootstrap.class, Bootstrap.NAME);
    }

    static synchronized ApiProcess get() throws Exception {
        if (running == null) {
            running = new ApiProcess();
        }
        return running;
    }

    static ApiConfig config() {
        return new ApiConfig(
                "127.0.0.1",
                0,
                0,
                "",
                "",
                "berth_api",
                "",
                12,
                12,
                100_000,
                "ws://127.0.0.1:8090",
                "none",
                "main",
                "",
                "",
                60,
                200_000);
    }

    /** A new tenant with an admin, a manager and a researcher. */
    Tenant tenant(String prefix) throws Exception {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        UUID id = await(bootstrap.tenant(name));
        return new Tenant(
                id,
                name,
                token(id, name, UserRole.ADMIN),
                token(id, name, UserRole.MANAGER),
                token(id, name, UserRole.RESEARCHER));
    }

    private String token(UUID tenant, String name, UserRole role) throws Exception {
        String email = role.word() + "@" + name + ".test";
        String password = role == UserRole.ADMIN ? PASSWORD : null;
        await(bootstrap.user(tenant, new Bootstrap.FirstUser(email, role.word(), role, password)));
        return await(bootstrap.personalToken(tenant, email, Duration.ofHours(1)));
    }

    Client as(String token) {
        return new Client(listening.httpPort(), token);
    }

    /** The superuser's view, for what a cluster would report. */
    Connection admin() throws Exception {
        DatabaseLogin login = database.admin();
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setCurrentSchema("berth");
        return source.getConnection();
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
