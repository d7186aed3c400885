package dev.berth.api.server.rest;

import dev.berth.api.server.live.LiveStreams;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.usecase.Clusters;
import dev.berth.api.server.usecase.Departments;
import dev.berth.api.server.usecase.NodePools;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.api.server.usecase.PodAccess;
import dev.berth.api.server.usecase.Projects;
import dev.berth.api.server.usecase.Tokens;
import dev.berth.api.server.usecase.Users;
import dev.berth.api.server.usecase.Workloads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The HTTP server: wiring of all routes, and the bounds of the protocol. */
public final class HttpApi {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MIN_COMPRESSED_BYTES = 1024;
    private static final int COMPRESSION_LEVEL = 3;
    /** One message of a stream: what a pod may be given at once, and its first byte. */
    private static final int MAX_SOCKET_BYTES = 64 * 1024 + 1;

    private static final int IDLE_SECONDS = 75;

    /** The use cases that HTTP serves. */
    public record UseCases(
            Users users,
            Tokens tokens,
            Departments departments,
            Projects projects,
            Clusters clusters,
            NodePools pools,
            Nodes nodes,
            Workloads workloads,
            PodAccess pods) {}

    /** How it is reached: whether browsers come over TLS, and how long a session lives. */
    public record Manners(boolean secure, Duration sessionLife) {}

    private final Vertx vertx;
    private final Router router;

    public HttpApi(Vertx vertx, TenantTransaction transactions, UseCases use, LiveStreams live, Access access) {
        this.vertx = vertx;
        var routes = new RouteTable();
        var streams = new Streams(live, use.workloads(), use.projects(), use.clusters(), use.nodes());
        Manners manners = access.manners();
        var api = new RestApi(
                routes,
                access.gate(),
                new Idempotency(transactions),
                List.of(
                        new AuthRoutes(
                                use.users(), use.tokens(), access.gate(), manners.secure(), manners.sessionLife()),
                        new OrganisationRoutes(use.departments(), use.projects(), streams),
                        new ClusterRoutes(use.clusters(), use.pools(), use.nodes(), streams),
                        new WorkloadRoutes(use.workloads(), streams),
                        new StreamRoutes(vertx, use.pods()),
                        streams));
        this.router = new Console(routes, manners.secure()).router(vertx, api);
    }

    /** Who may come in, and how. */
    public record Access(Gate gate, Manners manners) {}

    /** Listens; a port of 0 takes a free one. */
    public Future<HttpServer> listen(String host, int port) {
        var options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setCompressionSupported(true)
                .setCompressionLevel(COMPRESSION_LEVEL)
                .setCompressionContentSizeThreshold(MIN_COMPRESSED_BYTES)
                .addWebSocketSubProtocol(StreamRoutes.SUBPROTOCOL)
                .setMaxWebSocketFrameSize(MAX_SOCKET_BYTES)
                .setMaxWebSocketMessageSize(MAX_SOCKET_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(Console.guarded(router))
                .invalidRequestHandler(HttpApi::invalid)
                .listen();
    }

    /** What is no HTTP, or too much of it, as the parser tells it. */
    private static void invalid(io.vertx.core.http.HttpServerRequest request) {
        Throwable why =
                request.decoderResult() == null ? null : request.decoderResult().cause();
        boolean longLine = why instanceof io.netty.handler.codec.http.TooLongHttpLineException;
        boolean longHeader = why instanceof io.netty.handler.codec.http.TooLongHttpHeaderException;
        int status = longLine ? 414 : longHeader ? 431 : 400;
        String detail = longLine
                ? "Expected a request line of at most " + MAX_LINE_BYTES + " bytes."
                : longHeader
                        ? "Expected headers of at most " + MAX_HEADER_BYTES + " bytes."
                        : "Expected HTTP, but could not read it.";
        Reply problem = Problem.plain(status, "malformed", detail, "none").with("Connection", "close");
        RestApi.send(request, problem);
        request.connection().close();
    }
}
