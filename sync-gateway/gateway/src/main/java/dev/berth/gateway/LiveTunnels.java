package dev.berth.gateway;

import dev.berth.gateway.TunnelStore.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this gateway holds, one for each cluster. Attached to the process under the role's instance name, so
 * that whoever wants to see what a break does can make one.
 */
public final class LiveTunnels {
    private final Map<UUID, Tunnel> sessions = new ConcurrentHashMap<>();

    /**
     * Resets every connection, as a failing network does: nobody says goodbye. Returns how many there were. May be called
     * on any thread.
     */
    public int cutAll() {
        List<Tunnel> cut = all();
        cut.forEach(Tunnel::cut);
        return cut.size();
    }

    public int size() {
        return sessions.size();
    }

    /** Holds the session unless a newer one of its cluster is held; the older of the two is fenced. */
    void hold(Tunnel tunnel, Held held) {
        Tunnel other = sessions.get(held.cluster());
        if (other != null && other.held().epoch() > held.epoch()) {
            tunnel.fenced();
            return;
        }
        sessions.put(held.cluster(), tunnel);
        if (other != null && other != tunnel) {
            other.fenced();
        }
    }

    void release(Tunnel tunnel, Held held) {
        sessions.remove(held.cluster(), tunnel);
    }

    @Nullable
    Tunnel of(UUID cluster) {
        return sessions.get(cluster);
    }

    List<Tunnel> all() {
        return new ArrayList<>(sessions.values());
    }
}
