package dev.berth.agent;

import dev.berth.tunnel.Limits;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the gateway is, and whom to believe there. */
record GatewayUrl(String host, int port, boolean tls) {
    private static final int CONNECT_MILLIS = 10_000;
    /** More than a frame may have, so that our own check refuses it. */
    private static final int SOCKET_MESSAGE_BYTES = 2 * (Limits.HEADER_BYTES + Limits.PAYLOAD_BYTES);

    static GatewayUrl parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw refused(text);
        }
        boolean tls = "wss".equals(uri.getScheme());
        if ((!tls && !"ws".equals(uri.getScheme())) || uri.getHost() == null) {
            throw refused(text);
        }
        int standard = tls ? 443 : 80;
        return new GatewayUrl(uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), tls);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "Expected gatewayUrl as ws://host:port or wss://host:port, but got \"" + text + "\".");
    }

    /** Whom to believe: the given authority, or the one whose key the join token names, or those of the platform. */
    static @Nullable TrustOptions trust(String caFile, String pin) {
        if (!caFile.isEmpty()) {
            return new PemTrustOptions().addCertPath(caFile);
        }
        return pin.isEmpty() || pin.equals(dev.berth.tunnel.JoinToken.NO_PIN)
                ? null
                : TrustOptions.wrap(new PinnedTrust(pin));
    }

    WebSocketClientOptions socketOptions(@Nullable TrustOptions trust) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxFrameSize(SOCKET_MESSAGE_BYTES)
                .setMaxMessageSize(SOCKET_MESSAGE_BYTES)
                .setTcpNoDelay(true);
        options.setSsl(tls);
        if (tls && trust != null) {
            options.setTrustOptions(trust);
        }
        return options;
    }

    WebSocketConnectOptions tunnel() {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(host);
        options.setPort(port);
        options.setSsl(tls);
        options.setURI(Limits.TUNNEL_PATH);
        options.addSubProtocol(Limits.SUBPROTOCOL);
        options.setTimeout(CONNECT_MILLIS);
        return options;
    }

    HttpClientOptions httpOptions(@Nullable TrustOptions trust) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setDefaultHost(host)
                .setDefaultPort(port);
        options.setSsl(tls);
        if (tls && trust != null) {
            options.setTrustOptions(trust);
        }
        return options;
    }
}
