package dev.berth.scheduler.core;

/**
 * How close together the tasks of a group, or of a part of it, have to be.
 *
 * @param topology name of the {@link Topology}; "" for no bound
 * @param required label of the level within one domain of which all tasks must be; "" for none
 * @param preferred label of a lower level within one domain of which they should be; "" for none
 */
public record TopologyBound(String topology, String required, String preferred) {
    public static final TopologyBound NONE = new TopologyBound("", "", "");

    /** Whether it bounds anything. */
    public boolean isBound() {
        return !topology.isEmpty();
    }
}
