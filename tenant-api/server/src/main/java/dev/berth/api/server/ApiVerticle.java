package dev.berth.api.server;

import dev.berth.api.server.access.Passwords;
import dev.berth.api.server.access.UserRole;
import dev.berth.api.server.grpc.GrpcApi;
import dev.berth.api.server.live.LiveStreams;
import dev.berth.api.server.rest.Gate;
import dev.berth.api.server.rest.HttpApi;
import dev.berth.api.server.store.Doorbell;
import dev.berth.api.server.store.OutboxStore;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.stream.BusDoor;
import dev.berth.api.server.usecase.Clusters;
import dev.berth.api.server.usecase.Departments;
import dev.berth.api.server.usecase.NodePools;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.api.server.usecase.PodAccess;
import dev.berth.api.server.usecase.Projects;
import dev.berth.api.server.usecase.Tokens;
import dev.berth.api.server.usecase.Users;
import dev.berth.api.server.usecase.Workloads;
import dev.berth.runtime.RoleContext;
import dev.berth.schema.Database;
import dev.berth.schema.DatabaseLogin;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API of this process, wired from top to bottom. */
final class ApiVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApiVerticle.class);
    private static final long SWEEP_MILLIS = 10_000;
    private static final int COMPACTED_ROWS = 5_000;
    /** A request waits no longer for a connection. */
    private static final int CONNECTION_WAIT_SECONDS = 10;

    private static final int MAX_WAITING = 2_000;

    private final ApiConfig config;
    private final RoleContext context;
    private final OutboxStore outbox = new OutboxStore();
    /** What stop undoes, in the order of start. */
    private final List<java.util.function.Supplier<Future<?>>> closing = new ArrayList<>();

    ApiVerticle(ApiConfig config, RoleContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Future<?> start() {
        var transactions = new TenantTransaction(pool(), new Doorbell(context.bus()), context.clock());
        var passwords = new Passwords(vertx);
        closing.add(passwords::close);
        Duration sessionLife = Duration.ofHours(config.sessionHours());
        var users = new Users(transactions, passwords, sessionLife, context.clock());
        var tokens = new Tokens(transactions);
        var workloads = new Workloads(transactions);
        var useCases = new HttpApi.UseCases(
                users,
                tokens,
                new Departments(transactions),
                new Projects(transactions),
                new Clusters(transactions, new Clusters.JoinAddress(config.tunnelUrl(), config.tunnelPin())),
                new NodePools(transactions),
                new Nodes(transactions),
                workloads,
                new PodAccess(workloads, new BusDoor(context.bus())));
        var live = new LiveStreams(vertx, context.clock(), transactions);
        live.start(context.bus());
        closing.add(live::stop);
        var gate = new Gate(users, tokens, context.clock(), config.requestsPerSecond());
        var manners = new HttpApi.Manners(config.publicUrl().startsWith("https:"), sessionLife);
        var http = new HttpApi(vertx, transactions, useCases, live, new HttpApi.Access(gate, manners));
        var bootstrap = new Bootstrap(vertx.getOrCreateContext(), transactions, passwords, context.clock());
        sweepNowAndThen(transactions);
        return http.listen(config.host(), config.httpPort()).compose(server -> {
            closing.add(server::close);
            return grpc(workloads, live, gate).compose(port -> announce(server, port, bootstrap));
        });
    }

    @Override
    public Future<?> stop() {
        context.attachments().detach(Bootstrap.class, Bootstrap.NAME);
        context.attachments().detach(Listening.class, Listening.NAME);
        Future<?> chain = Future.succeededFuture();
        for (int i = closing.size() - 1; i >= 0; i--) {
            var close = closing.get(i);
            chain = chain.compose(done -> close.get()).otherwise(failure -> {
                LOG.warn("A part of the API did not stop cleanly: {}", failure.toString());
                return null;
            });
        }
        return chain;
    }

    private Pool pool() {
        DatabaseLogin login = DatabaseLogin.find(
                new DatabaseLogin(config.databaseUrl(), config.databaseUser(), config.databasePassword()),
                context.attachments(),
                Database::api);
        Pool pool = PgBuilder.pool()
                .connectingTo(login.connectOptions())
                .with(new PoolOptions()
                        .setMaxSize(config.poolSize())
                        .setMaxWaitQueueSize(MAX_WAITING)
                        .setConnectionTimeout(CONNECTION_WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .using(vertx)
                .build();
        closing.add(pool::close);
        return pool;
    }

    private Future<Integer> grpc(Workloads workloads, LiveStreams live, Gate gate) {
        if (config.grpcPort() < 0) {
            return Future.succeededFuture(-1);
        }
        GrpcServer grpc = GrpcServer.server(vertx);
        grpc.addService(new GrpcApi(workloads, live, gate));
        var health = HealthService.create(vertx);
        health.register(
                "berth.v1.Workloads",
                () -> Future.succeededFuture(context.health().ready()));
        grpc.addService(health);
        grpc.addService(ReflectionService.v1());
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost(config.host()).setPort(config.grpcPort()))
                .requestHandler(grpc)
                .listen()
                .map(server -> {
                    closing.add(server::close);
                    return server.actualPort();
                });
    }

    private Future<?> announce(HttpServer server, int grpcPort, Bootstrap bootstrap) {
        String address = config.publicUrl().isEmpty() ? "http://localhost:" + server.actualPort() : config.publicUrl();
        context.attachments().attach(Bootstrap.class, Bootstrap.NAME, bootstrap);
        context.attachments()
                .attach(Listening.class, Listening.NAME, new Listening(server.actualPort(), grpcPort, address));
        LOG.info("REST and console on {}, gRPC on port {}", address, grpcPort);
        return config.adminEmail().isEmpty() ? Future.succeededFuture() : firstAdmin(bootstrap, address);
    }

    private Future<?> firstAdmin(Bootstrap bootstrap, String address) {
        return bootstrap
                .nobodyThere()
                .compose(empty -> empty
                        ? bootstrap.tenant(config.tenant()).compose(tenant -> bootstrap
                                .user(tenant, firstUser())
                                .compose(v -> config.adminPassword().isEmpty()
                                        ? bootstrap
                                                .oneTimeToken(tenant, config.adminEmail())
                                                .onSuccess(token -> invite(address, token))
                                        : Future.succeededFuture()))
                        : Future.succeededFuture());
    }

    private Bootstrap.FirstUser firstUser() {
        String password = config.adminPassword();
        return new Bootstrap.FirstUser(
                config.adminEmail(), "Admin", UserRole.ADMIN, password.isEmpty() ? null : password);
    }

    /** To the person at the terminal, not to the log, where a secret would stay. */
    private void invite(String address, String token) {
        System.out.println("First start. Sign in as " + config.adminEmail() + ", once, within a day: " + address
                + "/?token=" + token);
    }

    private void sweepNowAndThen(TenantTransaction transactions) {
        long timer = vertx.setPeriodic(SWEEP_MILLIS, tick -> transactions
                .anonymous(look -> outbox.sweep(look, config.keepChanges(), config.keepChangesMinutes())
                        .compose(removed -> outbox.compactDesired(look, COMPACTED_ROWS)))
                .onFailure(failure -> LOG.warn("Could not sweep; tried again soon: {}", failure.toString())));
        closing.add(() -> {
            vertx.cancelTimer(timer);
            return Future.succeededFuture();
        });
    }
}
