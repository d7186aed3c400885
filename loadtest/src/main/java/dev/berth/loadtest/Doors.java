package dev.berth.loadtest;

import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.SigningBytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The two ways into a gateway: enrolment and the tunnel. */
final class Doors {
    private static final int BYTES = 2 * (Limits.HEADER_BYTES + Limits.PAYLOAD_BYTES);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ENROLLING = 64;
    private static final int AGENTS = 20_000;

    private final String host;
    private final int port;
    private final boolean tls;
    private final HttpClient requests;
    private final WebSocketClient sockets;

    Doors(Vertx vertx, String gateway, @Nullable Path authority) {
        URI uri = URI.create(gateway);
        this.host = uri.getHost();
        this.tls = uri.getScheme().equals("wss");
        this.port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        HttpClientOptions http = new HttpClientOptions()
                .setDefaultHost(host)
                .setDefaultPort(port)
                .setConnectTimeout(CONNECT_MILLIS);
        WebSocketClientOptions socket = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxConnections(AGENTS)
                .setMaxFrameSize(BYTES)
                .setMaxMessageSize(BYTES)
                .setTcpNoDelay(true);
        http.setSsl(tls);
        socket.setSsl(tls);
        if (tls && authority != null) {
            PemTrustOptions trust = new PemTrustOptions().addCertPath(authority.toString());
            http.setTrustOptions(trust);
            socket.setTrustOptions(trust);
        }
        this.requests = vertx.createHttpClient(http, new PoolOptions().setHttp1MaxSize(ENROLLING));
        this.sockets = vertx.createWebSocketClient(socket);
    }

    String host() {
        return host;
    }

    Future<Void> enrol(JoinToken token, ClusterKey key) {
        Base64.Encoder encoder = Base64.getEncoder();
        JsonObject body = new JsonObject()
                .put("token", token.text())
                .put("publicKey", encoder.encodeToString(key.publicKey()))
                .put("kubeSystemUid", "loadtest")
                .put(
                        "sig",
                        encoder.encodeToString(key.sign(SigningBytes.enrolment(token, key.publicKey(), "loadtest"))));
        return requests.request(HttpMethod.POST, Limits.ENROL_PATH)
                .compose(request ->
                        request.putHeader("content-type", "application/json").send(body.toBuffer()))
                .compose(response ->
                        response.body().compose(answer -> answered(response.statusCode(), answer.toString())));
    }

    private static Future<Void> answered(int status, String answer) {
        if (status == 200) {
            return Future.succeededFuture();
        }
        String detail = "Expected the gateway to enrol an agent, but it answered " + status + ": " + answer;
        return Future.failedFuture(
                status >= 400 && status < 500 ? new Refused(detail) : new IllegalStateException(detail));
    }

    /** A no that stays one. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String detail) {
            super(detail);
        }
    }

    Future<WebSocket> dial() {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(Limits.TUNNEL_PATH)
                .setTimeout(CONNECT_MILLIS);
        options.addSubProtocol(Limits.SUBPROTOCOL);
        return sockets.connect(options);
    }

    Future<Void> close() {
        return sockets.close().eventually(requests::close);
    }
}
