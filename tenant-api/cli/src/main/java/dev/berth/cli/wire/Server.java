package dev.berth.cli.wire;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where a server is: scheme, host, port, and a path when it stands behind one. Never holds a secret. */
public record Server(String url) {
    public static final Server LOCAL = new Server("http://localhost:8080");
    static final String BASE = "/api/v1";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Reads what a user typed; a scheme that is left out is https, on this machine http. */
    public static Server of(String typed) {
        String text = typed.strip();
        if (!text.contains("://")) {
            String host = text.replaceFirst("(:\\d+)?(/.*)?$", "");
            text = (LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) ? "http://" : "https://") + text;
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException wrong) {
            throw wrong(typed.contains("?") ? "" : typed);
        }
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        if (query.contains("token=") || uri.getRawUserInfo() != null) {
            throw Failure.of(
                            ExitCode.USAGE,
                            "The address holds a secret, which other users of this machine can see there.")
                    .hint("Take the address alone, and paste a one-time link where berth login --link asks for it.");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !Set.of("http", "https").contains(scheme) || !query.isEmpty()) {
            throw wrong(typed);
        }
        String path = uri.getRawPath().replaceFirst("/+$", "");
        path = path.endsWith(BASE) ? path.substring(0, path.length() - BASE.length()) : path;
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Server(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
    }

    private static Failure wrong(String typed) {
        return Failure.usage("Expected the address of a Berth server, but got \"" + typed + "\".")
                .hint("For instance https://berth.example.org or http://localhost:8080.");
    }

    /** Whether others on the way can read what is sent. */
    public boolean readableOnTheWay() {
        URI uri = URI.create(url);
        return uri.getScheme().equals("http") && !LOOPBACK.contains(uri.getHost());
    }

    URI at(String path, Query query) {
        return URI.create(url + BASE + path + query.text());
    }
}
