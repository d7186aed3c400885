package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Amount;

/** One queue's claim on one resource, while it is divided. */
public final class Claim {
    public final String id;
    final int priority;
    final long createdAtMillis;
    final double quota;
    final double limit;
    final double weight;
    final double request;
    /** Part of the capacity that the queue used in the past; 0 without a history. */
    final double usage;

    public double fairShare;
    /** What rounding to whole units kept from it in the last round; below 0: it was not rounded. */
    double remainder = -1;

    public Claim(String id, int priority, long createdAtMillis, Amount amount, double request) {
        this(id, priority, createdAtMillis, amount, request, 0);
    }

    public Claim(String id, int priority, long createdAtMillis, Amount amount, double request, double usage) {
        this.id = id;
        this.priority = priority;
        this.createdAtMillis = createdAtMillis;
        this.quota = amount.quota();
        this.limit = amount.limit();
        this.weight = amount.overQuotaWeight();
        this.request = request;
        this.usage = usage;
    }

    /** What it could use: its request within its limit. */
    double requestable() {
        return limit == Amount.UNLIMITED ? request : Math.min(limit, request);
    }

    boolean unsatisfied() {
        return requestable() > fairShare;
    }
}
