package dev.berth.scheduler.core.place;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some nodes of a pool, and how welcome each is.
 *
 * @param nodes indices, ascending
 * @param ranks by index of the node, greater is better and outweighs all else; null when all are alike
 */
public record NodeSet(int[] nodes, int @Nullable [] ranks) {
    /** All nodes of a pool with so many. */
    public static NodeSet all(int count) {
        int[] nodes = new int[count];
        Arrays.setAll(nodes, i -> i);
        return new NodeSet(nodes, null);
    }

    public NodeSet ranked(int @Nullable [] newRanks) {
        return newRanks == null ? this : new NodeSet(nodes, newRanks);
    }

    boolean contains(int node) {
        return Arrays.binarySearch(nodes, node) >= 0;
    }
}
