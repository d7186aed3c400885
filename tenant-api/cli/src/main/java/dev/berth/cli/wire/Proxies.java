package dev.berth.cli.wire;

import dev.berth.cli.outcome.Failure;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The proxy that the environment names, as other programs read it: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
public final class Proxies {
    private Proxies() {}

    public static Proxy of(Map<String, String> environment, Server server) {
        URI uri = URI.create(server.url());
        String name = uri.getScheme() + "_proxy";
        String value = environment.getOrDefault(name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""));
        if (value.isBlank() || excepted(environment, uri.getHost())) {
            return Proxy.NO_PROXY;
        }
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            if (proxy.getHost() != null) {
                int port = proxy.getPort() < 0 ? 3128 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Told below; the value may hold a password.
        }
        throw Failure.usage(
                "The proxy in the environment variable " + name.toUpperCase(Locale.ROOT) + " is not an address.");
    }

    private static boolean excepted(Map<String, String> environment, String host) {
        String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return host.equals("localhost")
                || host.equals("127.0.0.1")
                || Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .map(one -> one.startsWith(".") ? one.substring(1) : one)
                        .anyMatch(one -> one.equals("*") || host.equals(one) || host.endsWith("." + one));
    }
}
