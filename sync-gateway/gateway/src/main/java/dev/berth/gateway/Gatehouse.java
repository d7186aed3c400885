package dev.berth.gateway;

import dev.berth.contract.ChangeContract;
import dev.berth.contract.MetricsContract;
import dev.berth.gateway.TunnelStore.Held;
import dev.berth.gateway.TunnelStore.Opened;
import dev.berth.gateway.TunnelStore.Written;
import dev.berth.model.ClusterId;
import dev.berth.model.TenantId;
import dev.berth.runtime.RoleContext;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.SignedHello;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapPage;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all tunnels of a gateway share: who is let in, how many, and where news of them goes. */
final class Gatehouse {
    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);
    private static final int SAMPLE_NAME_CHARS = 64;

    private final RoleContext context;
    private final GatewayConfig config;
    private final TunnelStore store;
    private final LiveTunnels live = new LiveTunnels();
    private final StreamDesk streams;
    private final GatewayMeters meters;
    private final Set<String> hosts;
    private final SecureRandom random = new SecureRandom();
    private final Set<Tunnel> connections = new HashSet<>();
    private final Map<TenantId, TenantCommits> commits = new HashMap<>();
    private int handshakes;
    private int endings;
    private boolean draining;

    Gatehouse(RoleContext context, GatewayConfig config, TunnelStore store) {
        this.context = context;
        this.config = config;
        this.store = store;
        this.streams = new StreamDesk(context);
        this.meters = new GatewayMeters(context.meters().registry(), live);
        this.hosts = config.hosts();
    }

    /** Whether one more stranger may try; each that is let in is over with {@link #handshakeOver}. */
    boolean admitsHandshake() {
        return !draining && handshakes < config.maxHandshakes() && connections.size() < config.maxTunnels();
    }

    void handshakeBegins() {
        handshakes++;
    }

    void handshakeOver() {
        handshakes--;
    }

    void connected(ServerWebSocket socket, Channel channel) {
        Tunnel tunnel = new Tunnel(this, socket, channel, vertx().getOrCreateContext());
        connections.add(tunnel);
        tunnel.start();
    }

    /** Host, key and signature are checked in this order; only then a session is opened. */
    Future<Opened> admit(SignedHello hello) {
        UUID cluster = Enrolment.uuid(hello.body().getClusterId());
        if (cluster == null || !hosts.contains(hello.body().getHost())) {
            return Future.failedFuture(unauthenticated());
        }
        return store.key(cluster, hello.body().getKeyId())
                .compose(found -> {
                    TunnelStore.Key key = found.orElseThrow(Gatehouse::unauthenticated);
                    if (key.revoked()) {
                        throw new ProtocolViolation(CloseCode.REVOKED, "The key was revoked.");
                    }
                    return vertx().executeBlocking(() -> hello.signedBy(key.publicKey()), false);
                })
                .compose(sound -> {
                    if (!sound) {
                        throw unauthenticated();
                    }
                    return store.open(cluster, config.gatewayId(), hello);
                })
                .map(opened -> opened.orElseThrow(Gatehouse::unauthenticated));
    }

    private static ProtocolViolation unauthenticated() {
        return new ProtocolViolation(CloseCode.UNAUTHENTICATED, "The HELLO proves nothing.");
    }

    static CloseCode codeOf(Throwable failure) {
        if (failure instanceof ProtocolViolation violation) {
            return violation.code();
        }
        LOG.warn("A session could not be opened", failure);
        return CloseCode.BUSY;
    }

    /** Nothing that a stranger could learn from. */
    static String sentenceOf(CloseCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> "Expected a key of this cluster, a fresh signature and a public host name.";
            case REVOKED -> "The key of this cluster was revoked. Enrol again with a new join token.";
            default -> "Come again later.";
        };
    }

    /** The connection is gone; where a session was open it is closed in the store, too. */
    void ended(Tunnel tunnel, Held held) {
        live.release(tunnel, held);
        endings++;
        store.close(held)
                .onSuccess(written -> written.ifPresent(this::changed))
                .onFailure(failure ->
                        LOG.warn("cluster={} is shown as connected still: {}", held.cluster(), failure.getMessage()))
                .onComplete(done -> endings--);
    }

    void forget(Tunnel tunnel) {
        connections.remove(tunnel);
    }

    /** Rings for those who follow the tenant; the rows are committed. */
    void changed(Written written) {
        if (written.version() > 0) {
            context.bus()
                    .publish(ChangeContract.CHANGED, new ChangeContract.Changed(written.tenant(), written.version()));
        }
    }

    /** Tenant, cluster and time are the session's, whatever the payload says. */
    void publish(TenantId tenant, UUID cluster, Samples samples) {
        List<MetricsContract.Sample> sound = samples.getSamplesList().stream()
                .filter(sample -> Double.isFinite(sample.getValue())
                        && sample.getName().length() <= SAMPLE_NAME_CHARS
                        && sample.getSubject().length() <= Limits.ID_BYTES)
                .map(sample -> new MetricsContract.Sample(sample.getName(), sample.getSubject(), sample.getValue()))
                .toList();
        context.bus()
                .publish(
                        MetricsContract.SAMPLES,
                        new MetricsContract.Samples(tenant, new ClusterId(cluster.toString()), now(), sound));
    }

    /** Objects in a frame. */
    static int items(Frame frame) {
        if (frame.type() == FrameType.DELTA) {
            return frame.body(Delta.class).getItemsCount();
        }
        return frame.type() == FrameType.SNAP_PAGE ? frame.body(SnapPage.class).getItemsCount() : 0;
    }

    /** Kept for the life of the process: a tenant costs an empty queue. */
    TenantCommits commits(TenantId tenant) {
        return commits.computeIfAbsent(tenant, first -> new TenantCommits(store));
    }

    void tick() {
        List.copyOf(connections).forEach(Tunnel::tick);
        streams.tick();
    }

    void drain() {
        draining = true;
        List.copyOf(connections).forEach(tunnel -> tunnel.drain(config.drainMillis(), config.spreadMillis()));
    }

    /** Whether nobody is connected and every session's end is written. */
    boolean empty() {
        return connections.isEmpty() && endings == 0;
    }

    byte[] nonce() {
        byte[] nonce = new byte[Limits.NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** The interval of one connection: 15 s, give or take a fifth, so that pings do not come in waves. */
    long pingMillis() {
        return (long) (Limits.PING_MILLIS * (0.8 + 0.4 * random.nextDouble()));
    }

    long now() {
        return context.clock().millis();
    }

    String id() {
        return config.gatewayId();
    }

    Vertx vertx() {
        return context.vertx();
    }

    TunnelStore store() {
        return store;
    }

    StreamDesk streams() {
        return streams;
    }

    LiveTunnels live() {
        return live;
    }

    GatewayMeters meters() {
        return meters;
    }
}
