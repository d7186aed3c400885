package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Dimension;
import java.util.Comparator;

/** Which of two queues with the same parent has the next turn. The first rule that tells them apart decides. */
final class QueueOrder implements Comparator<QueueOrder.Side> {
    static final long[] NOTHING = new long[Dimension.ALL.length];

    private final long[] total;

    /** A queue with what its best job asks for, and what it is about to lose. */
    record Side(QueueNode queue, long[] asks, long[] lost) {}

    QueueOrder(long[] total) {
        this.total = total;
    }

    @Override
    public int compare(Side leftSide, Side rightSide) {
        QueueNode left = leftSide.queue;
        QueueNode right = rightSide.queue;
        long[] leftAsks = leftSide.asks;
        long[] rightAsks = rightSide.asks;
        int order = Boolean.compare(overFairShare(left), overFairShare(right));
        order = order != 0 ? order : Boolean.compare(overQuota(left, leftAsks), overQuota(right, rightAsks));
        order = order != 0 ? order : Integer.compare(right.quota.priority(), left.quota.priority());
        order = order != 0 ? order : Boolean.compare(hopeless(left, leftAsks), hopeless(right, rightAsks));
        order = order != 0
                ? order
                : Double.compare(
                        dominantShare(left, leftAsks, leftSide.lost), dominantShare(right, rightAsks, rightSide.lost));
        order = order != 0
                ? order
                : Double.compare(dominantShare(left, NOTHING, NOTHING), dominantShare(right, NOTHING, NOTHING));
        order = order != 0 ? order : compareShares(left, right);
        order = order != 0 ? order : Long.compare(left.queue.createdAtMillis(), right.queue.createdAtMillis());
        return order != 0 ? order : left.queue.id().compareTo(right.queue.id());
    }

    private static boolean overFairShare(QueueNode node) {
        for (Dimension dimension : Dimension.ALL) {
            if (node.fairShare[dimension.ordinal()] >= node.allocated[dimension.ordinal()]) {
                return false;
            }
        }
        return true;
    }

    private static boolean overQuota(QueueNode node, long[] asks) {
        for (Dimension dimension : Dimension.ALL) {
            long quota = node.amount(dimension).quota();
            int d = dimension.ordinal();
            if (quota != Amount.UNLIMITED && node.allocated[d] + asks[d] > quota) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has, or asks for, what it may have nothing of. */
    private static boolean hopeless(QueueNode node, long[] asks) {
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            if (node.allocated[d] + asks[d] > 0 && node.allocatableShare(dimension) == 0) {
                return true;
            }
        }
        return false;
    }

    private double dominantShare(QueueNode node, long[] asks, long[] lost) {
        double dominant = 0;
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            double held = node.allocated[d] + asks[d] - lost[d];
            double share = node.allocatableShare(dimension);
            if (share == Amount.UNLIMITED) {
                share = total[d];
            }
            // In whole units, so that having nothing of a share of nothing weighs the same in each dimension.
            double part = share == 0 ? held / dimension.unit() * 1000 : held / share;
            dominant = Math.max(dominant, part);
        }
        return dominant;
    }

    /** The queue with less by right goes first, if it has not more of anything. */
    private static int compareShares(QueueNode left, QueueNode right) {
        boolean leftLess = false;
        boolean rightLess = false;
        for (Dimension dimension : Dimension.ALL) {
            int order = Double.compare(infinite(left, dimension), infinite(right, dimension));
            leftLess |= order < 0;
            rightLess |= order > 0;
        }
        return leftLess == rightLess ? 0 : leftLess ? -1 : 1;
    }

    private static double infinite(QueueNode node, Dimension dimension) {
        double share = node.allocatableShare(dimension);
        return share == Amount.UNLIMITED ? Double.POSITIVE_INFINITY : share;
    }
}
