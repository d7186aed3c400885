package dev.berth.scheduler.core;

import java.util.Comparator;

/** Which of two queues with the same parent has the next turn. The first rule that tells them apart decides. */
final class QueueOrder implements Comparator<QueueNode> {
    private final long[] total;

    QueueOrder(long[] total) {
        this.total = total;
    }

    @Override
    public int compare(QueueNode left, QueueNode right) {
        long[] leftAsks = asks(left);
        long[] rightAsks = asks(right);
        int order = Boolean.compare(overFairShare(left), overFairShare(right));
        order = order != 0 ? order : Boolean.compare(overQuota(left, leftAsks), overQuota(right, rightAsks));
        order = order != 0 ? order : Integer.compare(right.quota.priority(), left.quota.priority());
        order = order != 0 ? order : Boolean.compare(hopeless(left, leftAsks), hopeless(right, rightAsks));
        order = order != 0 ? order : Double.compare(dominantShare(left, leftAsks), dominantShare(right, rightAsks));
        order = order != 0 ? order : Double.compare(dominantShare(left, NOTHING), dominantShare(right, NOTHING));
        order = order != 0 ? order : compareShares(left, right);
        order = order != 0 ? order : Long.compare(left.queue.createdAtMillis(), right.queue.createdAtMillis());
        return order != 0 ? order : left.queue.id().compareTo(right.queue.id());
    }

    private static final long[] NOTHING = new long[3];

    private static long[] asks(QueueNode node) {
        return node.candidate == null ? NOTHING : node.candidate.asks();
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

    /** Whether it asks for what it may have nothing of. */
    private static boolean hopeless(QueueNode node, long[] asks) {
        for (Dimension dimension : Dimension.ALL) {
            if (asks[dimension.ordinal()] > 0 && node.allocatableShare(dimension) == 0) {
                return true;
            }
        }
        return false;
    }

    private double dominantShare(QueueNode node, long[] asks) {
        double dominant = 0;
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            double held = node.allocated[d] + asks[d];
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

    private static int compareShares(QueueNode left, QueueNode right) {
        for (Dimension dimension : Dimension.ALL) {
            int order = Double.compare(infinite(left, dimension), infinite(right, dimension));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static double infinite(QueueNode node, Dimension dimension) {
        double share = node.allocatableShare(dimension);
        return share == Amount.UNLIMITED ? Double.POSITIVE_INFINITY : share;
    }
}
