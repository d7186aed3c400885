package dev.berth.api.server.live;

import dev.berth.contract.MetricsContract;
import java.util.List;

/** Who listens to a stream. Called on the verticle's event loop only. */
public interface Listener {
    /** Whether it cannot take more now. */
    boolean full();

    /** Takes changes in the order of their versions. */
    void changed(List<Event> events);

    /** Takes samples; missed ones are not repeated. */
    default void sampled(MetricsContract.Samples samples) {}

    /** Nothing changed for a while; everything up to the version was told. */
    void quiet(long version);

    /** The version asked for is no longer kept, or it reads too slowly; nothing follows. */
    void ended(Reason reason);

    /** Why a stream ends. */
    enum Reason {
        COMPACTED,
        TOO_SLOW,
        SHUTDOWN
    }
}
