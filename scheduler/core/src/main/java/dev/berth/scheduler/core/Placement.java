package dev.berth.scheduler.core;

/** How a pool chooses among the nodes, or among the devices of a node, on which a task fits. */
public enum Placement {
    /** Where the least use of the node is lost for the work that usually arrives. */
    BINPACK,
    /** Where least is free. */
    FULLEST,
    /** Where most is free. */
    SPREAD,
    /** The first by name. */
    FIRST
}
