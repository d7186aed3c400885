package dev.berth.scheduler.core;

/**
 * Tasks of a group that are counted together.
 *
 * @param minimum tasks of it without which the group does not start
 */
public record PodSet(String name, int minimum, TopologyBound bound) {
    /** The pod set of tasks that name none. */
    public static final String DEFAULT = "default";
}
