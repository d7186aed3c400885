package dev.berth.demo.host;

import dev.berth.runtime.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Finds ports that nobody listens on. */
public final class Ports {
    private static final int TRIES = 50;

    private Ports() {}

    /** The first free port from {@code wanted} on. */
    public static int freeFrom(int wanted) {
        for (int port = wanted; port < Math.min(65_536, wanted + TRIES); port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new StartRefused(List.of("Expected a free port from " + wanted + " on, but " + TRIES
                + " of them are taken. Give another one with --port."));
    }
}
