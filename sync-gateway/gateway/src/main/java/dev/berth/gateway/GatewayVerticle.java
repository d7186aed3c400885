package dev.berth.gateway;

import dev.berth.contract.ClusterLogContract;
import dev.berth.gateway.TunnelStore.Held;
import dev.berth.gateway.TunnelStore.Standing;
import dev.berth.model.Refusal;
import dev.berth.runtime.Bus;
import dev.berth.runtime.RoleContext;
import dev.berth.schema.Database;
import dev.berth.schema.DatabaseLogin;
import dev.berth.tunnel.Limits;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for clusters, looks for new desired state when a bell rings and when none does, and leaves in good order. */
final class GatewayVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
    private static final String PART = "gateway";
    private static final int POLLED_TUNNELS = 1_000;
    private static final int ENROL_BYTES = 8 * 1024;
    private static final long RING_MILLIS = 5;
    private static final long TICK_MILLIS = 1_000;
    private static final long DRAIN_TICK_MILLIS = 20;
    /** More than a frame may have, so that our own check answers with our own code. */
    private static final int SOCKET_MESSAGE_BYTES = 2 * (Limits.HEADER_BYTES + Limits.PAYLOAD_BYTES);

    private final GatewayConfig config;
    private final RoleContext context;
    private final TunnelStore store;
    private final Gatehouse house;
    private final Set<UUID> rung = new HashSet<>();
    private HttpServer server;
    private Bus.Served doorbell;
    private Bus.Served pipes;

    GatewayVerticle(GatewayConfig config, RoleContext context) {
        this.config = config;
        this.context = context;
        DatabaseLogin login = DatabaseLogin.find(
                new DatabaseLogin(config.databaseUrl(), config.databaseUser(), config.databasePassword()),
                context.attachments(),
                Database::gateway);
        this.store = new TunnelStore(PgBuilder.pool()
                .connectingTo(login.connectOptions())
                .with(new PoolOptions().setMaxSize(config.databaseConnections()).setMaxWaitQueueSize(20_000))
                .using(context.vertx())
                .build());
        this.house = new Gatehouse(context, config, store);
        this.server = context.vertx().createHttpServer(options());
        this.doorbell = Future::succeededFuture;
        this.pipes = Future::succeededFuture;
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .addWebSocketSubProtocol(Limits.SUBPROTOCOL)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(SOCKET_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(SOCKET_MESSAGE_BYTES)
                .setTcpNoDelay(true);
        if (!config.tlsCertificate().isEmpty()) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(config.tlsCertificate())
                            .addKeyPath(config.tlsKey()));
        }
        return options;
    }

    @Override
    public Future<?> start() {
        context.health().notReady(PART, "starting");
        return closeLeftOpen()
                .compose(closed -> server.requestHandler(router()).listen())
                .onSuccess(listening -> {
                    context.attachments().attach(LiveTunnels.class, context.instance(), house.live());
                    context.attachments().attach(GatewayAddress.class, context.instance(), address(listening));
                    doorbell = context.bus()
                            .listen(
                                    ClusterLogContract.GREW,
                                    grew -> ring(grew.cluster().value()));
                    pipes = house.streams().serve();
                    vertx.setPeriodic(config.pollMillis(), timer -> pollAll());
                    vertx.setPeriodic(TICK_MILLIS, timer -> house.tick());
                    context.health().ready(PART);
                    LOG.info("Clusters dial {}:{}", config.host(), listening.actualPort());
                });
    }

    private GatewayAddress address(HttpServer listening) {
        String scheme = config.tlsCertificate().isEmpty() ? "ws" : "wss";
        return new GatewayAddress(scheme + "://" + config.host() + ":" + listening.actualPort());
    }

    /** Sessions that were open when this gateway was killed are over. */
    private Future<Void> closeLeftOpen() {
        return store.closeLeftOpen(config.gatewayId()).compose(closed -> {
            closed.forEach(house::changed);
            return closed.isEmpty() ? Future.succeededFuture() : closeLeftOpen();
        });
    }

    private Router router() {
        Router router = Router.router(vertx);
        Enrolment enrolment = new Enrolment(house);
        router.post(Limits.ENROL_PATH)
                .handler(BodyHandler.create(false).setBodyLimit(ENROL_BYTES))
                .handler(enrolment::handle);
        router.get(Limits.TUNNEL_PATH).handler(this::upgrade);
        router.route().last().handler(call -> Enrolment.answer(call, new Refusal.NotFound("page", "here")));
        router.errorHandler(
                413,
                call -> Enrolment.answer(call, new Refusal.TooLarge("Expected at most " + ENROL_BYTES + " bytes.")));
        router.errorHandler(
                500, call -> Enrolment.answer(call, new Refusal.Busy("Expected an answer, but there was none.", 5)));
        return router;
    }

    /** Strangers are counted before they cost anything; whoever does not fit is told when to come again. */
    private void upgrade(RoutingContext call) {
        String protocols = call.request().getHeader("Sec-WebSocket-Protocol");
        if (protocols == null || !List.of(protocols.split("\\s*,\\s*")).contains(Limits.SUBPROTOCOL)) {
            Enrolment.answer(
                    call, new Refusal.Malformed("Expected a WebSocket with sub-protocol " + Limits.SUBPROTOCOL + "."));
            return;
        }
        if (!house.admitsHandshake()) {
            Enrolment.answer(call, new Refusal.Busy("Expected fewer clusters to connect at once.", 1));
            return;
        }
        house.handshakeBegins();
        Channel channel = ((HttpServerConnection) call.request().connection())
                .channelHandlerContext()
                .channel();
        call.request()
                .toWebSocket()
                .onSuccess(socket -> house.connected(socket, channel))
                .onFailure(failure -> house.handshakeOver());
    }

    /** Bells of a moment are answered together. */
    private void ring(String cluster) {
        UUID id = Enrolment.uuid(cluster);
        if (id == null || house.live().of(id) == null) {
            return;
        }
        if (rung.isEmpty()) {
            vertx.setTimer(RING_MILLIS, timer -> {
                List<Tunnel> tunnels = new ArrayList<>();
                for (UUID each : rung) {
                    Tunnel tunnel = house.live().of(each);
                    if (tunnel != null) {
                        tunnels.add(tunnel);
                    }
                }
                rung.clear();
                poll(tunnels);
            });
        }
        rung.add(id);
    }

    private void pollAll() {
        List<Tunnel> all = house.live().all();
        for (int from = 0; from < all.size(); from += POLLED_TUNNELS) {
            poll(all.subList(from, Math.min(all.size(), from + POLLED_TUNNELS)));
        }
    }

    private void poll(List<Tunnel> tunnels) {
        if (tunnels.isEmpty()) {
            return;
        }
        List<Held> held = tunnels.stream().map(Tunnel::held).toList();
        store.poll(held)
                .onSuccess(standings -> {
                    context.health().ready(PART);
                    standings.forEach(this::polled);
                })
                .onFailure(failure -> {
                    LOG.warn("The store does not answer: {}", failure.getMessage());
                    context.health().notReady(PART, "the store does not answer");
                });
    }

    private void polled(Standing standing) {
        Tunnel tunnel = house.live().of(standing.cluster());
        if (tunnel != null && tunnel.held().epoch() == standing.epoch()) {
            tunnel.polled(standing);
        }
    }

    /** No new tunnels; those that are end when what is under way is committed, or when the time is up. */
    @Override
    public Future<?> stop() {
        context.health().notReady(PART, "stopping");
        context.attachments().detach(LiveTunnels.class, context.instance());
        context.attachments().detach(GatewayAddress.class, context.instance());
        house.drain();
        return doorbell.close()
                .compose(done -> drained())
                .eventually(pipes::close)
                .eventually(() -> server.close())
                .eventually(store::close)
                .onComplete(done -> {
                    house.meters().forget();
                    context.health().forget(PART);
                });
    }

    private Future<Void> drained() {
        Promise<Void> empty = Promise.promise();
        long deadline = house.now() + config.drainMillis() + TICK_MILLIS;
        vertx.setPeriodic(DRAIN_TICK_MILLIS, timer -> {
            house.tick();
            if (house.empty() || house.now() > deadline) {
                vertx.cancelTimer(timer);
                empty.complete();
            }
        });
        return empty.future();
    }
}
