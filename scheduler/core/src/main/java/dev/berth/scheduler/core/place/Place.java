package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Devices;
import java.util.Arrays;

/** A place for one task: the index of the node in its pool, devices there, and thousandths of each of them. */
public record Place(int node, int[] devices, int milliPerDevice) {
    /** A place without devices. */
    public static Place on(int node) {
        return new Place(node, Devices.NONE, 0);
    }

    /** Thousandths of devices in all. */
    public long milli() {
        return (long) devices.length * milliPerDevice;
    }

    /** Whether both are the same part of the same devices of one node. */
    public boolean isSameAs(Place other) {
        return node == other.node && Arrays.equals(devices, other.devices);
    }
}
