package dev.berth.scheduler.core;

/** How a pool chooses among the nodes on which a task fits. */
public enum Placement {
    /** Where the least use of the node is lost for the work that usually arrives. */
    BINPACK,
    /** Where most is free. */
    SPREAD
}
