package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;

/** Arithmetic of parts of GPUs. The unit is the thousandth of one device. */
public final class Devices {
    public static final int WHOLE = 1000;
    public static final int[] NONE = new int[0];

    /** What a request cannot have on a node whose GPU memory is unknown or too small. */
    public static final int IMPOSSIBLE = Integer.MAX_VALUE;

    private Devices() {}

    /**
     * Thousandths of each device that the request takes where one GPU has so many MiB. Memory is charged in hundredths
     * of a device, rounded up, of a size rounded down to 100 MiB.
     */
    public static int milli(GpuRequest gpu, long gpuMemoryMib) {
        return gpu.match(whole -> WHOLE, fraction -> fraction.milli(), memory -> portion(memory.mib(), gpuMemoryMib));
    }

    private static int portion(long mib, long gpuMemoryMib) {
        long size = gpuMemoryMib / 100 * 100;
        if (size == 0 || mib > size) {
            return IMPOSSIBLE;
        }
        return (int) ((100 * mib + size - 1) / size) * 10;
    }
}
