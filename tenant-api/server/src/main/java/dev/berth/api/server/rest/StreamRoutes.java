package dev.berth.api.server.rest;

import dev.berth.api.server.stream.StreamPipe;
import dev.berth.api.server.usecase.PodAccess;
import dev.berth.contract.StreamContract;
import dev.berth.contract.StreamContract.Target;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Logs as text, and commands and ports over WebSockets. */
final class StreamRoutes implements Handlers {
    static final String SUBPROTOCOL = "berth-stream.v1";
    /** Operations that a WebSocket answers: their request is not read before it is one. */
    static final Set<String> SOCKETS = Set.of("execInWorkload", "attachToWorkload", "forwardWorkloadPort");

    private static final Pattern CONTAINER = Pattern.compile("(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)?");
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_SECONDS = 31_536_000;
    private static final int MOST_16_BITS = 65_535;
    private static final int MOST_WORDS = 64;

    private final Vertx vertx;
    private final PodAccess pods;

    StreamRoutes(Vertx vertx, PodAccess pods) {
        this.vertx = vertx;
        this.pods = pods;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "readWorkloadLogs",
                this::logs,
                "execInWorkload",
                ask -> socket(ask, run(ask, words(ask))),
                "attachToWorkload",
                ask -> socket(ask, run(ask, List.of())),
                "forwardWorkloadPort",
                ask -> socket(ask, new StreamContract.Port((int) required(ask, "port"))));
    }

    private Future<Reply> logs(Ask ask) {
        var target = new StreamContract.Logs(
                container(ask),
                ask.flag("follow"),
                (int) ask.number("tailLines", 0, MOST_LINES, -1),
                (int) ask.number("since", 1, MOST_SECONDS, -1),
                sinceTime(ask),
                ask.flag("previous"),
                ask.flag("timestamps"));
        return open(ask, target).map(pipe -> {
            outliveQuiet(ask.request());
            new LogAnswer(vertx, ask.request().response(), pipe).begin();
            return Reply.STREAM;
        });
    }

    private Future<StreamPipe> open(Ask ask, Target target) {
        return pods.open(ask.who(), which(ask), target, ask.requestId());
    }

    private static PodAccess.Which which(Ask ask) {
        return new PodAccess.Which(ask.variable("idOrName"), ask.text("project"), ask.text("pod"));
    }

    private Future<Reply> socket(Ask ask, Target target) {
        Refusal refusal = upgradeRefusal(ask.request());
        if (refusal != null) {
            // Somebody else's workload is absent in whatever way it is asked for.
            return pods.find(ask.who(), which(ask)).map(row -> {
                throw new Refused(refusal);
            });
        }
        return open(ask, target).compose(pipe -> ask.request()
                .toWebSocket()
                .map(socket -> {
                    new SocketAnswer(vertx, socket, pipe).begin();
                    return Reply.STREAM;
                })
                .onFailure(broken -> pipe.cancel())
                .otherwise(Reply.STREAM));
    }

    /**
     * Browsers send a cookie along with whatever page opens a WebSocket, and no page can send a CSRF header with it: so a
     * cookie counts only with an origin that is this very host.
     */
    private static @Nullable Refusal upgradeRefusal(HttpServerRequest request) {
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                || protocols == null
                || !List.of(protocols.strip().split("\\s*,\\s*")).contains(SUBPROTOCOL)) {
            return new Refusal.Malformed("Expected a WebSocket with sub-protocol " + SUBPROTOCOL + ".");
        }
        String origin = request.getHeader("Origin");
        boolean byCookie = Gate.bearer(request.getHeader("Authorization")) == null;
        boolean foreign = origin == null ? byCookie : !sameHost(origin, request.getHeader("Host"));
        return foreign
                ? new Refusal.Forbidden(
                        "Expected an Origin of this host.",
                        "Open the stream from Berth's own console, or send a token.")
                : null;
    }

    private static boolean sameHost(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && host != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    private static StreamContract.Run run(Ask ask, List<String> words) {
        return new StreamContract.Run(
                container(ask),
                words,
                ask.flag("tty"),
                ask.flag("stdin"),
                (int) ask.number("columns", 1, MOST_16_BITS, 0),
                (int) ask.number("rows", 1, MOST_16_BITS, 0));
    }

    private static List<String> words(Ask ask) {
        List<String> words = ask.all("command", MOST_WORDS);
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new Refused(new Refusal.Malformed("Expected a command, each word as a parameter of its own."));
        }
        return words;
    }

    private static String container(Ask ask) {
        String container = ask.text("container");
        if (!CONTAINER.matcher(container).matches()) {
            throw new Refused(new Refusal.Malformed("Expected the name of a container."));
        }
        return container;
    }

    private static String sinceTime(Ask ask) {
        String time = ask.text("sinceTime");
        try {
            return time.isEmpty() ? "" : Instant.parse(time).toString();
        } catch (DateTimeParseException wrong) {
            throw new Refused(new Refusal.Malformed("Expected a time such as 2026-01-31T12:00:00Z as sinceTime."));
        }
    }

    private static long required(Ask ask, String name) {
        long number = ask.number(name, 1, MOST_16_BITS, -1);
        if (number < 0) {
            throw new Refused(new Refusal.Malformed("Expected a " + name + "."));
        }
        return number;
    }

    /** A log may be quiet for longer than a connection may; the stream has its own bound of time. */
    private static void outliveQuiet(HttpServerRequest request) {
        if (request.connection() instanceof HttpServerConnection connection) {
            var pipeline = connection.channelHandlerContext().pipeline();
            if (pipeline.get(IdleStateHandler.class) != null) {
                pipeline.remove(IdleStateHandler.class);
            }
        }
    }
}
