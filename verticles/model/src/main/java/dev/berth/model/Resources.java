package dev.berth.model;

/**
 * An exact amount of what a cluster shares: CPU in thousandths of a core, memory in bytes, GPU in thousandths of a device.
 * Never rounded, may be negative as a difference.
 */
public record Resources(long cpuMilli, long memoryBytes, long gpuMilli) {
    public static final Resources NONE = new Resources(0, 0, 0);
    public static final long MIB = 1024L * 1024;

    public Resources plus(Resources other) {
        return new Resources(cpuMilli + other.cpuMilli, memoryBytes + other.memoryBytes, gpuMilli + other.gpuMilli);
    }

    public Resources minus(Resources other) {
        return new Resources(cpuMilli - other.cpuMilli, memoryBytes - other.memoryBytes, gpuMilli - other.gpuMilli);
    }

    public Resources times(long factor) {
        return new Resources(cpuMilli * factor, memoryBytes * factor, gpuMilli * factor);
    }

    /** Whether this amount can be taken from {@code free} in every dimension. */
    public boolean fitsIn(Resources free) {
        return cpuMilli <= free.cpuMilli && memoryBytes <= free.memoryBytes && gpuMilli <= free.gpuMilli;
    }
}
