package dev.berth.agent;

import dev.berth.agent.Vault.Identity;
import dev.berth.runtime.RoleContext;
import dev.berth.tunnel.AgentEnd;
import dev.berth.tunnel.AgentIdentity;
import dev.berth.tunnel.AgentMemory;
import dev.berth.tunnel.CloseCode;
import dev.berth.tunnel.DesiredBatch;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.stream.StreamTable;
import dev.berth.tunnel.v1.Samples;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection up, for ever: enrols where that is needed, dials, and dials again. */
final class Dialer implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    private static final String VERSION = "0.1.0";

    /** What goes on whether or not there is a connection. */
    interface Cluster {
        void relist();

        void apply(DesiredBatch batch, Consumer<DesiredBatch> done);

        void forgetQueued();

        StreamTable.Acceptor pods();
    }

    private final AgentConfig config;
    private final RoleContext context;
    private final AgentMemory memory;
    private final Cluster cluster;
    private final Enroller enroller;
    private final GatewayUrl url;
    private final SecureRandom random = new SecureRandom();
    private final Backoff backoff;
    private final String instance = UUID.randomUUID().toString();
    private final String kubeSystemUid;
    private @Nullable WebSocketClient sockets;
    private @Nullable Connection connection;
    private boolean stopped;
    private boolean dialling;

    Dialer(AgentConfig config, RoleContext context, AgentMemory memory, Cluster cluster, Origin origin) {
        this.config = config;
        this.context = context;
        this.memory = memory;
        this.cluster = cluster;
        this.url = GatewayUrl.parse(config.gatewayUrl());
        this.backoff = new Backoff(config.minBackoffMillis(), config.maxBackoffMillis(), random::nextDouble);
        this.kubeSystemUid = origin.kubeSystemUid();
        Optional<JoinToken> token =
                config.joinToken().isEmpty() ? Optional.empty() : Optional.of(JoinToken.parse(config.joinToken()));
        HttpClient client = context.vertx()
                .createHttpClient(url.httpOptions(GatewayUrl.trust(
                        config.caFile(), token.map(JoinToken::pin).orElse(JoinToken.NO_PIN))));
        this.enroller = new Enroller(origin.vault(), client, token);
    }

    /** Who the agent speaks for, and where that is kept. */
    record Origin(String kubeSystemUid, Vault vault) {}

    /** The first try comes within the configured spread, so that a fleet does not dial as one. */
    void start() {
        later(backoff.within(config.spreadMillis()));
    }

    private void later(long millis) {
        if (!stopped) {
            vertx().setTimer(millis, timer -> dial());
        }
    }

    private void dial() {
        if (stopped || dialling || connection != null) {
            return;
        }
        dialling = true;
        enroller.identity(kubeSystemUid)
                .compose(this::connect)
                .onComplete(done -> dialling = false)
                .onFailure(failure -> later(waitAfter(failure)));
    }

    private Future<Void> connect(Identity identity) {
        if (sockets == null) {
            sockets =
                    vertx().createWebSocketClient(url.socketOptions(GatewayUrl.trust(config.caFile(), identity.pin())));
        }
        return sockets.connect(url.tunnel()).map(socket -> {
            AgentIdentity.Platform platform = new AgentIdentity.Platform(VERSION, "", kubeSystemUid);
            AgentIdentity self = new AgentIdentity(identity.cluster(), identity.key(), url.host(), instance, platform);
            long ping = (long) (Limits.PING_MILLIS * (0.8 + 0.4 * random.nextDouble()));
            AgentEnd end = new AgentEnd(self, memory, context.clock().millis(), ping);
            Connection opened = new Connection(vertx(), socket, end, context.clock(), this);
            connection = opened;
            opened.start();
            return null;
        });
    }

    private long waitAfter(Throwable failure) {
        if (failure instanceof ProtocolViolation violation && violation.code().retry() == CloseCode.Retry.SLOWLY) {
            return waitAfterRefusal(violation.code(), String.valueOf(violation.getMessage()));
        }
        long wait = backoff.nextMillis();
        if (failure instanceof UpgradeRejectedException rejected) {
            wait = Math.max(wait, retryAfterMillis(rejected));
        }
        LOG.info(
                "The gateway at {} is not reached ({}); next try in {} ms",
                config.gatewayUrl(),
                failure.getMessage(),
                wait);
        offline("the gateway is not reached");
        return wait;
    }

    private long waitAfterRefusal(CloseCode code, String detail) {
        LOG.error("The gateway refuses this cluster with {} {}: {}", code.number(), code, detail);
        offline("refused with " + code.number() + " " + code);
        enroller.doubt();
        return config.slowRetryMillis();
    }

    private static long retryAfterMillis(UpgradeRejectedException rejected) {
        String seconds =
                rejected.getHeaders() == null ? null : rejected.getHeaders().get("retry-after");
        try {
            return seconds == null ? 0 : Math.min(3600, Long.parseLong(seconds)) * 1000;
        } catch (NumberFormatException aDate) {
            return 0;
        }
    }

    @Override
    public void welcomed(long epoch) {
        backoff.succeeded();
        LOG.info("cluster={} epoch={} connected", config.cluster(), epoch);
        context.health().ready(part());
    }

    @Override
    public void relist() {
        cluster.relist();
    }

    @Override
    public void apply(DesiredBatch batch, Connection from) {
        cluster.apply(batch, written -> {
            memory.applied(written);
            from.applied(written);
        });
    }

    @Override
    public StreamTable.Acceptor pods() {
        return cluster.pods();
    }

    @Override
    public void ended(Connection ended, CloseCode code, long goneAwayMillis) {
        if (connection != ended) {
            return;
        }
        connection = null;
        cluster.forgetQueued();
        if (stopped) {
            return;
        }
        if (code.retry() == CloseCode.Retry.SLOWLY) {
            later(waitAfterRefusal(code, "closed by the gateway"));
        } else {
            offline("the tunnel broke");
            long wait = goneAwayMillis >= 0 ? backoff.within(goneAwayMillis) : backoff.nextMillis();
            LOG.info(
                    "cluster={} disconnected with {} {}; next try in {} ms",
                    config.cluster(),
                    code.number(),
                    code,
                    wait);
            later(wait);
        }
    }

    void news() {
        if (connection != null) {
            connection.news();
        }
    }

    void samples(Iterable<Samples> samples) {
        if (connection != null && connection.streaming()) {
            samples.forEach(connection::samples);
        }
    }

    void tick() {
        if (connection != null) {
            connection.tick();
        }
    }

    void stop() {
        stopped = true;
        if (connection != null) {
            connection.close(CloseCode.NORMAL, "The agent stops.");
        }
        context.health().forget(part());
    }

    private void offline(String why) {
        context.health().notReady(part(), why);
    }

    private String part() {
        return "tunnel of " + config.cluster();
    }

    private Vertx vertx() {
        return context.vertx();
    }
}
