package dev.berth.loadtest;

import dev.berth.tunnel.JoinToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One that runs elsewhere. */
record GivenControlPlane(String gateway, @Nullable Path authority, List<JoinToken> joinTokens) implements ControlPlane {
    @Override
    public void cutTunnels() {
        throw new UnsupportedOperationException("Tunnels can be cut only where the gateway runs in this process.");
    }

    @Override
    public Map<String, Long> stored() {
        return Map.of();
    }

    @Override
    public void close() {}
}
