package dev.berth.scheduler.core.place;

/** Says how good it would be to put a request on a node, and on which devices. */
public interface Scorer {
    /**
     * The score, greater is better; fills in the devices. The request fits, and what it needs of a device is above 0.
     *
     * @param devices as many as the request needs
     */
    double choose(Site site, Ask ask, int[] devices);

    /** Whether a node with a device that is shared already, and one without GPUs for what needs none, comes first. */
    default boolean bands() {
        return true;
    }

    /** A request as it is on nodes of one kind. */
    record Ask(long cpuMilli, int milliPerDevice, boolean gpu) {}
}
