package dev.berth.tunnel;

import dev.berth.tunnel.v1.Item;
import java.util.List;

/**
 * Something of the observed stream that the gateway has to commit, in the order in which it came.
 *
 * @param upTo the oseq that is committed when this is
 * @param bytes credit to return when this is committed
 * @param endsSnapshot whether objects that this incarnation did not name are gone once this is committed
 */
public record ObservedBatch(List<Item> items, long upTo, int bytes, boolean endsSnapshot) {
    public ObservedBatch {
        items = List.copyOf(items);
    }
}
