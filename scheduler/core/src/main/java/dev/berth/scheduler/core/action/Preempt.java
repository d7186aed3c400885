package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import java.util.List;

/** Ends work of lower priority for work of higher priority in the same queue. */
public final class Preempt {
    private final Eviction eviction;

    public Preempt(Session session, Budget budget) {
        this.eviction = new Eviction(session, budget, Action.PREEMPT);
    }

    public void run(List<Job> line) {
        eviction.forEach(line, "Ended for work of higher priority in its queue: ", this::makeRoomFor);
    }

    private boolean makeRoomFor(Job job) {
        if (job.queue == null
                || (job.next(false).stream().anyMatch(seat -> seat.fixed)
                        && Gates.overQuota(job.queue, job.asks()) != null)) {
            return false;
        }
        return eviction.solve(
                job,
                queue -> queue == job.queue,
                other -> other != job
                        && other.priority() < job.priority()
                        && (!eviction.isSafe(other, Eviction.preemptMillis(other)) || Eviction.hasMore(other)),
                (asks, victims) -> eviction.spares(victims, Eviction::preemptMillis));
    }
}
