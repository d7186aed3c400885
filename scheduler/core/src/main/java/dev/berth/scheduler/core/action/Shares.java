package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.queue.Members;
import dev.berth.scheduler.core.queue.QueueNode;
import dev.berth.scheduler.core.queue.Seat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a queue may take from others what its job needs. Compares the first queues at which the ways down to both part. A
 * queue may lose while it has more than its share of something; or while it has more than its quota of something, when the
 * other one stays within its own quota. Afterwards the taker must not be more saturated than those it took from.
 */
final class Shares {
    private final Session session;
    private final QueueNode taker;
    private final boolean fixed;
    private final Map<QueueNode, long[]> before = new LinkedHashMap<>();

    /** The shares as they are before anything is tried. */
    Shares(Session session, QueueNode taker, boolean fixed) {
        this.session = session;
        this.taker = taker;
        this.fixed = fixed;
        session.tree.all().forEach(queue -> before.put(queue, queue.allocated.clone()));
    }

    boolean allow(long[] asks, List<List<Seat>> victims) {
        Map<QueueNode, long[]> left = new LinkedHashMap<>();
        Map<QueueNode, boolean[]> involved = new LinkedHashMap<>();
        for (List<Seat> group : victims) {
            QueueNode loser = group.get(0).job.queue;
            for (long[] loss : losses(group)) {
                if (loser == null || !mayLose(asks, loser, left)) {
                    return false;
                }
                subtract(loser, loss, left, involved);
            }
        }
        return staysWithin(asks, left, involved);
    }

    /** What is taken: each task beyond a minimum by itself, the others of a job together. What only moves is not taken. */
    private List<long[]> losses(List<Seat> group) {
        int minimum = 0;
        for (Members some : group.get(0).job.members) {
            minimum += some.set.minimum();
        }
        List<long[]> losses = new ArrayList<>();
        int core = Math.min(minimum, group.size());
        for (Seat seat : group.subList(core, group.size())) {
            addLoss(losses, List.of(seat));
        }
        addLoss(losses, group.subList(0, core));
        return losses;
    }

    private void addLoss(List<long[]> losses, List<Seat> seats) {
        long[] sum = new long[Dimension.ALL.length];
        boolean any = false;
        for (Seat seat : seats) {
            if (seat.isActive() && (session.policy.movesInReclaim() || seat.runs())) {
                continue;
            }
            any = true;
            long[] charge = seat.loss();
            for (int d = 0; d < sum.length; d++) {
                sum[d] += charge[d];
            }
        }
        if (any) {
            losses.add(sum);
        }
    }

    private long[] left(QueueNode queue, Map<QueueNode, long[]> left) {
        return left.computeIfAbsent(
                queue, some -> before.getOrDefault(some, some.allocated).clone());
    }

    private boolean mayLose(long[] asks, QueueNode loser, Map<QueueNode, long[]> left) {
        List<QueueNode> takers = taker.path();
        List<QueueNode> losers = loser.path();
        int level = 0;
        while (level < takers.size() - 1 && level < losers.size() - 1 && takers.get(level) == losers.get(level)) {
            level++;
        }
        QueueNode taking = takers.get(level);
        QueueNode losing = losers.get(level);
        long[] has = left(losing, left);
        return aboveShare(losing, has) || (withinQuota(taking, asks) && aboveQuota(losing, has));
    }

    private static boolean aboveShare(QueueNode queue, long[] has) {
        for (Dimension dimension : Dimension.ALL) {
            double share = queue.allocatableShare(dimension);
            if (share != Amount.UNLIMITED && has[dimension.ordinal()] > share) {
                return true;
            }
        }
        return false;
    }

    private boolean withinQuota(QueueNode queue, long[] asks) {
        long[] has = before.getOrDefault(queue, queue.allocated);
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            long quota = queue.amount(dimension).quota();
            if (quota != Amount.UNLIMITED && has[d] + asks[d] > quota) {
                return false;
            }
        }
        return true;
    }

    private static boolean aboveQuota(QueueNode queue, long[] has) {
        for (Dimension dimension : Dimension.ALL) {
            long quota = queue.amount(dimension).quota();
            if (quota != Amount.UNLIMITED && has[dimension.ordinal()] > quota) {
                return true;
            }
        }
        return false;
    }

    private void subtract(
            QueueNode loser, long[] loss, Map<QueueNode, long[]> left, Map<QueueNode, boolean[]> involved) {
        for (QueueNode at = loser; at != null; at = at.parent()) {
            long[] has = left(at, left);
            boolean[] some = involved.computeIfAbsent(at, queue -> new boolean[loss.length]);
            for (int d = 0; d < loss.length; d++) {
                has[d] -= loss[d];
                some[d] |= loss[d] > 0;
            }
        }
    }

    private boolean staysWithin(long[] asks, Map<QueueNode, long[]> left, Map<QueueNode, boolean[]> involved) {
        for (QueueNode at = taker; at != null; at = at.parent()) {
            long[] has = left(at, left).clone();
            for (int d = 0; d < asks.length; d++) {
                has[d] += asks[d];
            }
            for (Map.Entry<QueueNode, boolean[]> entry : involved.entrySet()) {
                QueueNode other = entry.getKey();
                if (other != at
                        && other.parent() == at.parent()
                        && tooSaturated(at, has, other, left(other, left), involves(entry.getValue(), asks))) {
                    return false;
                }
            }
            if (fixed && !withinQuotaForGood(at, asks)) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] involves(boolean[] losses, long[] asks) {
        boolean[] some = losses.clone();
        for (int d = 0; d < some.length; d++) {
            some[d] |= asks[d] > 0;
        }
        return some;
    }

    private boolean tooSaturated(QueueNode at, long[] has, QueueNode other, long[] otherHas, boolean[] involved) {
        for (int d = 0; d < involved.length; d++) {
            double own = saturation(has[d], at.fairShare[d]);
            if (involved[d]
                    && own > 1
                    && other.fairShare[d] > 0
                    && own * session.policy.saturation() >= saturation(otherHas[d], other.fairShare[d])) {
                return true;
            }
        }
        return false;
    }

    private static double saturation(double has, double fairShare) {
        return fairShare == 0 ? (has > 0 ? Double.POSITIVE_INFINITY : 0) : has / fairShare;
    }

    private static boolean withinQuotaForGood(QueueNode queue, long[] asks) {
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            long quota = queue.amount(dimension).quota();
            // What was tried is charged already.
            if (quota != Amount.UNLIMITED && asks[d] > 0 && queue.allocatedNonPreemptible[d] > quota) {
                return false;
            }
        }
        return true;
    }
}
