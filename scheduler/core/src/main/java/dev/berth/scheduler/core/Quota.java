package dev.berth.scheduler.core;

/**
 * The amounts of one queue in one pool.
 *
 * @param priority over-quota capacity goes to higher priorities first
 * @param gpuMilli thousandths of GPUs
 * @param cpuMilli thousandths of cores
 * @param memoryBytes bytes of memory
 */
public record Quota(int priority, Amount gpuMilli, Amount cpuMilli, Amount memoryBytes) {
    public static final int DEFAULT_PRIORITY = 100;

    /** What a queue has in a pool for which nothing is set: no quota of GPUs, its part of what is left over. */
    public static final Quota OPEN = new Quota(DEFAULT_PRIORITY, Amount.OPEN, Amount.FREE, Amount.FREE);
}
