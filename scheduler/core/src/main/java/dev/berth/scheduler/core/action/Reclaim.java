package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import java.util.List;

/** Takes from queues above their share what a queue below its share waits for. */
public final class Reclaim {
    private final Session session;
    private final Eviction eviction;

    public Reclaim(Session session, Budget budget) {
        this.session = session;
        this.eviction = new Eviction(session, budget, Action.RECLAIM);
    }

    public void run(List<Job> line) {
        eviction.forEach(line, "Its queue has more than its share, and room was due to ", this::makeRoomFor);
    }

    private boolean makeRoomFor(Job job) {
        QueueNode queue = job.queue;
        boolean fixed = job.next(false).stream().anyMatch(seat -> seat.fixed);
        // What others lose does not help against a limit of the queue itself.
        if (queue == null || !isDue(queue, job.asks(), fixed) || Gates.checkAlone(queue, job.asks(), !fixed) != null) {
            return false;
        }
        Shares shares = new Shares(session, queue, fixed);
        return eviction.solve(
                job,
                other -> other != queue,
                other -> !eviction.isSafe(other, Eviction.reclaimMillis(other, queue)) || Eviction.hasMore(other),
                (asks, victims) -> eviction.spares(victims, other -> Eviction.reclaimMillis(other, queue))
                        && shares.allow(asks, victims));
    }

    /** Whether the queue stays within its fair share with the job, and within its quota with what nobody may take. */
    private static boolean isDue(QueueNode queue, long[] asks, boolean fixed) {
        for (Dimension dimension : Dimension.ALL) {
            int d = dimension.ordinal();
            long quota = queue.amount(dimension).quota();
            if (queue.allocated[d] + asks[d] > queue.fairShare[d]
                    || (fixed && quota != Amount.UNLIMITED && queue.allocatedNonPreemptible[d] + asks[d] > quota)) {
                return false;
            }
        }
        return true;
    }
}
