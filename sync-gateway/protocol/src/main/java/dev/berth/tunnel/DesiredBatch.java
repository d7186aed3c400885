package dev.berth.tunnel;

import dev.berth.tunnel.v1.Item;
import java.util.List;

/**
 * Something of the desired stream that the agent has to write to its cluster, in the order in which it came.
 *
 * @param storeId of the log that {@code upTo} counts in
 * @param upTo the dseq that is applied when this is; 0 inside a snapshot
 * @param bytes credit to return when this is dealt with
 */
public record DesiredBatch(Part part, String storeId, List<Item> items, long upTo, int bytes) {
    /** What the items are. */
    public enum Part {
        DELTA,
        SNAP_BEGIN,
        SNAP_PAGE,
        SNAP_END
    }

    public DesiredBatch {
        items = List.copyOf(items);
    }
}
