package dev.berth.scheduler.packing;

/** One request for a place. {@code kind} is what scores see: there a CPU request of 0 counts as {@link #LEAST_CPU}. */
public record Pod(int cpuMilli, int memoryMib, PodClass kind) {
    static final int LEAST_CPU = 100;

    public static Pod of(int cpuMilli, int memoryMib, int gpus, int gpuMilli, String spec) {
        int perGpu = gpus == 0 ? 0 : Math.min(gpuMilli, NodeShape.GPU);
        return new Pod(cpuMilli, memoryMib, new PodClass(cpuMilli == 0 ? LEAST_CPU : cpuMilli, perGpu, gpus, spec));
    }
}
