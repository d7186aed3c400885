package dev.berth.scheduler.packing;

/**
 * What a replay recorded: after each arrival the GPU milli that had been asked for, the milli in use, and the cluster's
 * fragmentation; and which pods failed.
 */
public record Run(long seed, long capacityMilli, long[] arrived, long[] used, double[] fragmented, Failures failures) {
    /** Failed pods by class; {@code firstLoad} is the load at the first failure, 1 for 100 %, NaN if there was none. */
    public record Failures(int cpuOnly, int shared, int oneGpu, int multiGpu, double firstLoad) {
        static final Failures NONE = new Failures(0, 0, 0, 0, Double.NaN);

        public int all() {
            return cpuOnly + shared + oneGpu + multiGpu;
        }

        Failures plus(PodClass pod, double load) {
            double first = Double.isNaN(firstLoad) ? load : firstLoad;
            return new Failures(
                    cpuOnly + (pod.gpus() == 0 ? 1 : 0),
                    shared + (pod.shared() ? 1 : 0),
                    oneGpu + (pod.gpus() == 1 && !pod.shared() ? 1 : 0),
                    multiGpu + (pod.gpus() > 1 ? 1 : 0),
                    first);
        }
    }

    /** Share of the GPU capacity in use after the last arrival, 0 to 1. */
    public double allocation() {
        return (double) used[used.length - 1] / capacityMilli;
    }

    /** Share of the GPU capacity that is fragmented after the last arrival, 0 to 1. */
    public double fragmentation() {
        return fragmented[fragmented.length - 1] / capacityMilli;
    }
}
