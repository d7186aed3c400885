package dev.berth.scheduler.core;

/**
 * What a queue may have of one resource.
 *
 * @param quota deserved amount; {@link #UNLIMITED}: all there is
 * @param limit never more than this; {@link #UNLIMITED}: no limit
 * @param overQuotaWeight share of what is left when all quotas are served; 0: nothing
 */
public record Amount(long quota, long limit, double overQuotaWeight) {
    public static final long UNLIMITED = -1;

    /** Deserves nothing, may have anything that is left over. */
    public static final Amount OPEN = new Amount(0, UNLIMITED, 1);

    /** Deserves everything: the resource is not divided here. */
    public static final Amount FREE = new Amount(UNLIMITED, UNLIMITED, 1);
}
