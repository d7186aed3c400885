package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One queue in one pool during a cycle. Amounts are indexed by {@link Dimension}. */
final class QueueNode {
    final Queue queue;
    final Quota quota;
    final List<QueueNode> children = new ArrayList<>();
    final long[] allocated = new long[3];
    final long[] allocatedNonPreemptible = new long[3];
    final long[] requested = new long[3];
    final double[] fairShare = new double[3];
    private @Nullable QueueNode parent;

    /** Its own gangs that have not had their turn, and the queues below that have such gangs. */
    final PriorityQueue<Waiting> gangs = new PriorityQueue<>(Waiting.ORDER);

    final PriorityQueue<QueueNode> active;

    /** The best gang at or below this queue; it stands for the queue when queues are compared. */
    @Nullable
    Waiting candidate;

    QueueNode(Queue queue, String pool, QueueOrder order) {
        this.queue = queue;
        this.quota = queue.in(pool);
        this.active = new PriorityQueue<>(order);
    }

    @Nullable
    QueueNode parent() {
        return parent;
    }

    void under(QueueNode above) {
        parent = above;
        above.children.add(this);
    }

    Amount amount(Dimension dimension) {
        return dimension.of(quota);
    }

    /** Adds to this queue and all above. */
    void charge(long[] amount, boolean preemptible, int sign) {
        for (QueueNode at = this; at != null; at = at.parent) {
            for (int d = 0; d < amount.length; d++) {
                at.allocated[d] += sign * amount[d];
                at.allocatedNonPreemptible[d] += preemptible ? 0 : sign * amount[d];
            }
        }
    }

    /** Adds to what this queue and all above ask for. */
    void request(long[] amount) {
        for (QueueNode at = this; at != null; at = at.parent) {
            for (int d = 0; d < amount.length; d++) {
                at.requested[d] += amount[d];
            }
        }
    }

    /** What the queue may grow to by right: its fair share, but no less than its quota and no more than its limit. */
    double allocatableShare(Dimension dimension) {
        Amount amount = amount(dimension);
        if (amount.quota() == Amount.UNLIMITED) {
            return amount.limit();
        }
        double share = Math.max(amount.quota(), fairShare[dimension.ordinal()]);
        return amount.limit() == Amount.UNLIMITED ? share : Math.min(amount.limit(), share);
    }

    /** Finds the best gang at or below anew, after a turn. */
    void refresh() {
        QueueNode below = active.peek();
        Waiting own = gangs.peek();
        candidate = own != null ? own : below == null ? null : below.candidate;
    }
}
