package dev.berth.k8s.simulated;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import java.util.Optional;

/** What goes wrong between a client and the simulated API server. Asked before each call, under no lock. */
public interface Faults {
    Faults NONE = (call, kind, key) -> Optional.empty();

    /** A refusal that the call gets instead of being done. */
    Optional<Refusal> refuse(Call call, Class<?> kind, ObjectKey key);

    /** How long the call is on its way. */
    default long delayMillis(Call call) {
        return 0;
    }

    /** The calls of the port. */
    enum Call {
        GET,
        CREATE,
        APPLY,
        STATUS,
        DELETE,
        BIND,
        EVICT,
        LEASE
    }
}
