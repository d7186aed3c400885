package dev.berth.scheduler.packing;

/** What a node is made of. {@code memoryMib} in MiB; a GPU has 1000 milli; all GPUs of a node are of one model. */
public record NodeShape(int cpuMilli, int memoryMib, int gpus, String model) {
    /** GPUs are bits of an int and four bits of a key. */
    public static final int MAX_GPUS = 16;

    public static final int GPU = 1000;

    public NodeShape {
        if (cpuMilli < 0 || memoryMib < 0) {
            throw new IllegalArgumentException(
                    "Expected CPU and memory of 0 or more, but got " + cpuMilli + " milli and " + memoryMib + " MiB.");
        }
        if (gpus < 0 || gpus > MAX_GPUS) {
            throw new IllegalArgumentException("Expected 0 to " + MAX_GPUS + " GPUs on a node, but got " + gpus + ".");
        }
    }

    public int gpuMilli() {
        return gpus * GPU;
    }
}
