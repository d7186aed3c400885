package dev.berth.scheduler.core;

/**
 * A set of nodes whose capacity is divided on its own. Nodes name the pool; a pool that no one declared packs.
 *
 * @param placement of tasks that ask for GPUs, on nodes
 * @param cpuPlacement of tasks that ask for none, on nodes
 * @param devicePlacement of parts of GPUs, on the devices of a node
 */
public record Pool(String name, Placement placement, Placement cpuPlacement, Placement devicePlacement) {
    public Pool(String name, Placement placement) {
        this(name, placement, placement, placement);
    }
}
