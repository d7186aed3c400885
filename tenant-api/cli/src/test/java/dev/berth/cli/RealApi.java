package dev.berth.cli;

import dev.berth.api.server.ApiConfig;
import dev.berth.api.server.ApiRole;
import dev.berth.api.server.Bootstrap;
import dev.berth.api.server.Listening;
import dev.berth.api.server.access.UserRole;
import dev.berth.contract.ChangeContract;
import dev.berth.model.TenantId;
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
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** The API on its own PostgreSQL, one for all tests of a JVM; each test has a tenant of its own. */
final class RealApi {
    static final String PASSWORD = "correct horse battery staple";
    private static RealApi running;

    private final Bus bus;
    private final Bootstrap bootstrap;
    private final EmbeddedDatabase database;
    private final int port;

    /** A tenant and a token of its admin. */
    record Tenant(UUID id, String name, String token) {
        String admin() {
            return "admin@" + name + ".test";
        }
    }

    private RealApi() throws Exception {
        database = EmbeddedDatabase.start(Files.createTempDirectory(Path.of("target"), "pg"), 0, false);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                database.close();
            } catch (IOException ignored) {
                // The JVM ends.
            }
        }));
        Database logins = database.migrate();
        Vertx vertx = Vertx.vertx();
        var attachments = new Attachments();
        attachments.attach(Database.class, Database.NAME, logins);
        bus = new Bus(vertx, InstantSource.system());
        var context = new RoleContext(
                "api",
                vertx,
                bus,
                new Health(),
                new Meters(new SimpleMeterRegistry()),
                attachments,
                InstantSource.system());
        for (Deployment deployment : new ApiRole().deployments(config(), context)) {
            await(vertx.deployVerticle(deployment.verticle()::get, new DeploymentOptions()));
        }
        port = attachments.find(Listening.class, Listening.NAME).httpPort();
        bootstrap = attachments.find(Bootstrap.class, Bootstrap.NAME);
    }

    static synchronized RealApi get() throws Exception {
        if (running == null) {
            running = new RealApi();
        }
        return running;
    }

    private static ApiConfig config() {
        return new ApiConfig(
                "127.0.0.1",
                0,
                -1,
                "",
                "",
                "berth_api",
                "",
                8,
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

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Tenant tenant() throws Exception {
        String name = "cli-" + UUID.randomUUID().toString().substring(0, 8);
        UUID id = await(bootstrap.tenant(name));
        String email = "admin@" + name + ".test";
        await(bootstrap.user(id, new Bootstrap.FirstUser(email, "admin", UserRole.ADMIN, PASSWORD)));
        return new Tenant(id, name, await(bootstrap.personalToken(id, email, Duration.ofHours(1))));
    }

    String oneTimeToken(Tenant tenant) throws Exception {
        return await(bootstrap.oneTimeToken(tenant.id(), tenant.admin()));
    }

    /** What the tunnel does when a cluster reports an object; a null body: it is gone. */
    void reported(Tenant tenant, String cluster, String kind, String uid, String body) throws Exception {
        try (Connection admin = admin();
                PreparedStatement call = admin.prepareStatement("SELECT project_observed(?, ?, ?, ?, ?, ?)")) {
            byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            call.setObject(1, tenant.id());
            call.setObject(2, UUID.fromString(cluster));
            call.setArray(3, admin.createArrayOf("text", new Object[] {kind}));
            call.setArray(4, admin.createArrayOf("text", new Object[] {uid}));
            call.setArray(5, admin.createArrayOf("bytea", new byte[][] {bytes}));
            call.setArray(6, admin.createArrayOf("bool", new Object[] {body == null}));
            try (ResultSet result = call.executeQuery()) {
                result.next();
                var changed =
                        new ChangeContract.Changed(new TenantId(tenant.id().toString()), result.getLong(1));
                bus.publish(ChangeContract.CHANGED, changed);
            }
        }
    }

    private Connection admin() throws Exception {
        DatabaseLogin login = database.admin();
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setCurrentSchema("berth");
        return source.getConnection();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
