package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One queue in one pool during a cycle. Amounts are indexed by {@link Dimension}. */
public final class QueueNode {
    public final Queue queue;
    public final Quota quota;
    public final List<QueueNode> children = new ArrayList<>();
    public final long[] allocated = new long[Dimension.ALL.length];
    public final long[] allocatedNonPreemptible = new long[Dimension.ALL.length];
    public final long[] requested = new long[Dimension.ALL.length];
    public final double[] fairShare = new double[Dimension.ALL.length];
    private @Nullable QueueNode parent;

    QueueNode(Queue queue, String pool) {
        this.queue = queue;
        this.quota = queue.in(pool);
    }

    public @Nullable QueueNode parent() {
        return parent;
    }

    void under(QueueNode above) {
        parent = above;
        above.children.add(this);
    }

    /** 0 for a root. */
    public int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    /** The way down from the root to this one. */
    public List<QueueNode> path() {
        List<QueueNode> path = new ArrayList<>();
        for (QueueNode at = this; at != null; at = at.parent) {
            path.add(0, at);
        }
        return path;
    }

    public Amount amount(Dimension dimension) {
        return dimension.of(quota);
    }

    /** Adds to this queue and all above. */
    public void charge(long[] amount, boolean nobodyMayTake, int sign) {
        for (QueueNode at = this; at != null; at = at.parent) {
            for (int d = 0; d < amount.length; d++) {
                at.allocated[d] += sign * amount[d];
                at.allocatedNonPreemptible[d] += nobodyMayTake ? sign * amount[d] : 0;
            }
        }
    }

    /** Adds to what this queue and all above ask for. */
    public void request(long[] amount) {
        for (QueueNode at = this; at != null; at = at.parent) {
            for (int d = 0; d < amount.length; d++) {
                at.requested[d] += amount[d];
            }
        }
    }

    /** What the queue may grow to by right: its fair share, but no less than its quota and no more than its limit. */
    public double allocatableShare(Dimension dimension) {
        Amount amount = amount(dimension);
        if (amount.quota() == Amount.UNLIMITED) {
            return amount.limit();
        }
        double share = Math.max(amount.quota(), fairShare[dimension.ordinal()]);
        return amount.limit() == Amount.UNLIMITED ? share : Math.min(amount.limit(), share);
    }
}
