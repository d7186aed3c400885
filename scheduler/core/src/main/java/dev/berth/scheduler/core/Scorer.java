package dev.berth.scheduler.core;

/** Says how good it would be to put a request on a node, and on which devices. */
interface Scorer {
    /**
     * The score, greater is better; fills in the devices. The request fits, and what it needs of a device is above 0.
     *
     * @param devices as many as the request needs
     */
    double choose(Kind kind, Room room, Ask ask, int[] devices);

    /** A request as it is on nodes of one kind. */
    record Ask(long cpuMilli, int milliPerDevice) {}
}
