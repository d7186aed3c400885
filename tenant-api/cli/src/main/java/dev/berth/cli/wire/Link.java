package dev.berth.cli.wire;

import dev.berth.cli.outcome.Failure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param token of the user; empty: nobody
 * @param trust what vouches for the server; null: what the JDK trusts
 */
public record Link(
        Server server, String token, Proxy proxy, @Nullable SSLContext trust) {
    private static final int CONNECT_MILLIS = 5_000;

    /** Tells what is safe to tell. */
    @Override
    public String toString() {
        return "Link[" + server.url() + "]";
    }

    HttpURLConnection connect(String method, String path, Query query) {
        URI uri = server.at(path, query);
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection(proxy);
            if (trust != null && connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(trust.getSocketFactory());
            }
            // A redirect could lead the token to another host.
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("User-Agent", "berth-cli");
            if (!token.isEmpty()) {
                connection.setRequestProperty("Authorization", "Bearer " + token);
            }
            return connection;
        } catch (IOException | IllegalArgumentException wrong) {
            throw Failure.usage(
                    "The address or the token cannot be used: they hold characters that no request may hold.");
        }
    }
}
