package dev.berth.scheduler.core;

import java.util.List;

/**
 * A tree of the nodes by what they are near to.
 *
 * @param levels labels of nodes, from the widest domain (zone) to the narrowest (host)
 */
public record Topology(String name, List<String> levels) {
    public Topology {
        levels = List.copyOf(levels);
    }
}
