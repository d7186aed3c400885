package dev.berth.loadtest;

import dev.berth.gateway.GatewayAddress;
import dev.berth.gateway.LiveTunnels;
import dev.berth.runtime.Berth;
import dev.berth.runtime.Roles;
import dev.berth.runtime.Settings;
import dev.berth.schema.Database;
import dev.berth.tunnel.JoinToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL and a gateway in this process, in a directory that is gone afterwards. Commits are as durable as in service. */
final class OwnControlPlane implements ControlPlane {
    private static final String GATEWAY = "gateway";
    private static final long PATIENCE_SECONDS = 120;

    /** How much is made for the load. */
    record Size(int clusters, int tenants, int workloads) {}

    private final OwnDatabase database;
    private final Berth berth;
    private final Fleet fleet;
    private final @Nullable Path authority;
    private List<JoinToken> tokens = List.of();

    private OwnControlPlane(OwnDatabase database, Berth berth, @Nullable Path authority) {
        this.database = database;
        this.berth = berth;
        this.authority = authority;
        this.fleet = new Fleet(berth.vertx(), database.admin());
    }

    static OwnControlPlane start(Size size, boolean tls) throws IOException {
        Path directory = Files.createTempDirectory("berth-loadtest");
        OwnCertificate certificate = tls ? OwnCertificate.create(directory) : null;
        OwnDatabase database = OwnDatabase.start(directory);
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("port", 0);
        gateway.put("maxTunnels", size.clusters + 100);
        if (certificate != null) {
            gateway.put("tlsCertificate", certificate.certificate().toString());
            gateway.put("tlsKey", certificate.key().toString());
        }
        Settings settings = Settings.empty()
                .with(Settings.PROCESS, Map.of("healthPort", -1))
                .with(GATEWAY, gateway);
        Database logins = database.migrate();
        Berth berth = await(Berth.open(Roles.onClassPath(), settings, List.of(GATEWAY), Map.of()));
        berth.attachments().attach(Database.class, Database.NAME, logins);
        OwnControlPlane plane =
                new OwnControlPlane(database, berth, certificate == null ? null : certificate.certificate());
        plane.tokens = await(plane.fleet.create(size));
        await(berth.startRole(GATEWAY));
        return plane;
    }

    @Override
    public String gateway() {
        return berth.attachments().find(GatewayAddress.class, GATEWAY).url();
    }

    @Override
    public @Nullable Path authority() {
        return authority;
    }

    @Override
    public List<JoinToken> joinTokens() {
        return tokens;
    }

    @Override
    public void cutTunnels() {
        berth.attachments().find(LiveTunnels.class, GATEWAY).cutAll();
    }

    @Override
    public Map<String, Long> stored() {
        return await(fleet.stored());
    }

    @Override
    public void close() {
        await(fleet.close());
        await(berth.stop());
        database.close();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("Expected an answer within " + PATIENCE_SECONDS + " s.", late);
        }
    }
}
