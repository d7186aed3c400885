package dev.berth.scheduler.packing;

/** One request for a place. {@code kind} is what scores see: there a CPU request of 0 counts as {@link #LEAST_CPU}. */
public record Pod(int cpuMilli, int memoryMib, PodClass kind) {
    static final int LEAST_CPU = 100;

    public static Pod of(int cpuMilli, int memoryMib, int gpus, int gpuMilli, String spec) {
        if (cpuMilli < 0 || memoryMib < 0 || gpus < 0 || gpus > NodeShape.MAX_GPUS || gpuMilli < 0) {
            throw new IllegalArgumentException("Expected a request of 0 or more, and of at most " + NodeShape.MAX_GPUS
                    + " GPUs, but got " + cpuMilli + " milli CPU, " + memoryMib + " MiB, " + gpus + " GPUs of "
                    + gpuMilli
                    + " milli.");
        }
        int perGpu = gpus == 0 ? 0 : Math.min(gpuMilli, NodeShape.GPU);
        return new Pod(cpuMilli, memoryMib, new PodClass(cpuMilli == 0 ? LEAST_CPU : cpuMilli, perGpu, gpus, spec));
    }
}
