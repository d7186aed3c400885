package dev.berth.demo;

import dev.berth.api.server.Bootstrap;
import dev.berth.api.server.access.UserRole;
import dev.berth.demo.client.ApiClient;
import dev.berth.demo.host.Ports;
import dev.berth.gateway.LiveTunnels;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Database, API, console and gateway, as one process runs them, on ports of this machine only. */
final class ControlPlane {
    static final String ADMIN = "admin@demo";
    private static final String TENANT = "demo";
    private static final String GATEWAY = "gateway";
    private static final List<String> ROLES = List.of("store", "api", GATEWAY);
    private static final Duration TOKEN_LIFE = Duration.ofDays(1);
    private static final List<Bootstrap.FirstUser> USERS = List.of(
            new Bootstrap.FirstUser(ADMIN, "Admin", UserRole.ADMIN, null),
            new Bootstrap.FirstUser("alice@demo", "Alice", UserRole.RESEARCHER, null),
            new Bootstrap.FirstUser("bob@demo", "Bob", UserRole.RESEARCHER, null));

    /** Where its parts listen. */
    record Addresses(int http, int tunnel, int grpc, int health) {
        static Addresses from(int wanted) {
            int http = Ports.freeFrom(wanted);
            int tunnel = Ports.freeFrom(Math.max(http + 1, 8090));
            int grpc = Ports.freeFrom(Math.max(tunnel + 1, 9090));
            return new Addresses(http, tunnel, grpc, Ports.freeFrom(Math.max(grpc + 1, 9400)));
        }

        String tunnelUrl() {
            return "ws://127.0.0.1:" + tunnel;
        }
    }

    private final Berth berth;
    private final Addresses addresses;
    private UUID tenant = new UUID(0, 0);
    private @Nullable ApiClient client;

    private ControlPlane(Berth berth, Addresses addresses) {
        this.berth = berth;
        this.addresses = addresses;
    }

    /** Opens the process; nothing runs before {@link #start}. */
    static Future<ControlPlane> open(Path data, Addresses addresses) {
        Settings settings = Settings.empty()
                .with(Settings.PROCESS, Map.of("healthPort", addresses.health()))
                .with("store", Map.of("dataDir", data.resolve("postgres").toString()))
                .with(
                        "api",
                        Map.of(
                                "httpPort", addresses.http(),
                                "grpcPort", addresses.grpc(),
                                "tunnelUrl", addresses.tunnelUrl(),
                                "tenant", TENANT,
                                "adminEmail", ""))
                .with(GATEWAY, Map.of("port", addresses.tunnel()));
        return Berth.open(Roles.onClassPath(), settings, ROLES, Map.of())
                .map(berth -> new ControlPlane(berth, addresses));
    }

    /** Starts the roles, and makes tenant and users unless they are there. */
    Future<Void> start() {
        return berth.startAll()
                .compose(started -> bootstrap().tenant(TENANT))
                .compose(made -> {
                    tenant = made;
                    Future<Void> users = Future.succeededFuture();
                    for (Bootstrap.FirstUser user : USERS) {
                        users = users.compose(done -> bootstrap().user(made, user));
                    }
                    return users;
                })
                .compose(done -> bootstrap().personalToken(tenant, ADMIN, TOKEN_LIFE))
                .onSuccess(token -> client = new ApiClient(berth.vertx(), addresses.http(), token))
                .mapEmpty();
    }

    private Bootstrap bootstrap() {
        return berth.attachments().find(Bootstrap.class, Bootstrap.NAME);
    }

    ApiClient client() {
        return Objects.requireNonNull(client, "The control plane was not started.");
    }

    Berth berth() {
        return berth;
    }

    /** A link that signs in as admin once. */
    Future<String> link() {
        return bootstrap()
                .oneTimeToken(tenant, ADMIN)
                .map(token -> "http://localhost:" + addresses.http() + "/?token=" + token);
    }

    /** Cuts every tunnel without a word. */
    void cutTunnels() {
        berth.attachments().find(LiveTunnels.class, GATEWAY).cutAll();
    }

    Future<Void> restartGateway() {
        return berth.stopRole(GATEWAY).compose(stopped -> berth.startRole(GATEWAY));
    }

    Future<Void> stop() {
        return berth.stop();
    }
}
