package dev.berth.scheduler.verticle.kubernetes;

/** What a case is about. */
enum Predicate {
    RESOURCES,
    SELECTOR,
    NODE_AFFINITY,
    TAINTS,
    PORTS,
    AFFINITY,
    ANTI_AFFINITY,
    SPREAD,
    VOLUMES,
    GATES
}
