package dev.berth.demo;

import dev.berth.api.server.Bootstrap;
import dev.berth.api.server.access.UserRole;
import dev.berth.gateway.LiveTunnels;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
    private final UUID tenant;
    private final ApiClient client;

    private ControlPlane(Berth berth, Addresses addresses, UUID tenant, ApiClient client) {
        this.berth = berth;
        this.addresses = addresses;
        this.tenant = tenant;
        this.client = client;
    }

    static Future<ControlPlane> start(Path data, Addresses addresses) {
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
        return Berth.start(Roles.onClassPath(), settings, ROLES, Map.of())
                .compose(berth -> bootstrap(berth, addresses));
    }

    private static Future<ControlPlane> bootstrap(Berth berth, Addresses addresses) {
        Bootstrap bootstrap = berth.attachments().find(Bootstrap.class, Bootstrap.NAME);
        return bootstrap.tenant(TENANT).compose(tenant -> {
            Future<Void> users = Future.succeededFuture();
            for (Bootstrap.FirstUser user : USERS) {
                users = users.compose(done -> bootstrap.user(tenant, user));
            }
            return users.compose(done -> bootstrap.personalToken(tenant, ADMIN, TOKEN_LIFE))
                    .map(token -> new ControlPlane(
                            berth, addresses, tenant, new ApiClient(berth.vertx(), addresses.http(), token)));
        });
    }

    ApiClient client() {
        return client;
    }

    Addresses addresses() {
        return addresses;
    }

    Berth berth() {
        return berth;
    }

    /** A link that signs in as admin once. */
    Future<String> link() {
        return berth.attachments()
                .find(Bootstrap.class, Bootstrap.NAME)
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
