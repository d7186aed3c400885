package dev.berth.scheduler.core.place;

/** Says how good it would be to put a request on a node, and on which devices. */
public interface Scorer {
    /**
     * The score, greater is better; fills in the devices. The request fits, and what it needs of a device is above 0.
     *
     * @param devices as many as the request needs
     */
    double choose(Site site, Ask ask, int[] devices);

    /** Whether a node comes first that has a shared device with room for a part of one. */
    default boolean sharesFirst() {
        return false;
    }

    /** Whether a node without GPUs comes first for what needs none. */
    default boolean sparesGpus() {
        return true;
    }

    /** A request as it is on nodes of one kind. */
    record Ask(long cpuMilli, int milliPerDevice, boolean gpu) {}
}
