package dev.berth.loadtest;

import dev.berth.tunnel.JoinToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agents dial. */
interface ControlPlane extends AutoCloseable {
    /** {@code ws://host:port} or {@code wss://host:port}. */
    String gateway();

    /** PEM file of the authority behind the gateway's certificate; null: the platform's. */
    @Nullable
    Path authority();

    /** One for each agent. */
    List<JoinToken> joinTokens();

    /** Resets all tunnels. */
    void cutTunnels();

    /**
     * The newest state of each workload in the store, by its id: the number that a report carries. Empty where the store
     * cannot be looked into; then acknowledgements are believed.
     */
    Map<String, Long> stored();

    @Override
    void close();
}
