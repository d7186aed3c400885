package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Seat;

/** Ends what is left of a gang that has been below its minimum for too long, as it holds room and does no work. */
public final class EvictStaleGangs {
    private final Session session;

    public EvictStaleGangs(Session session) {
        this.session = session;
    }

    public void run() {
        if (session.policy.staleGraceMillis() < 0) {
            return;
        }
        for (Job job : session.everybody()) {
            if (isStale(job)) {
                job.seats.stream().filter(Seat::runs).forEach(session.overlay::evict);
                session.overlay.commit("It has been below its minimum for too long.");
            }
        }
    }

    private boolean isStale(Job job) {
        if (job.hasMinimum() || job.seats.stream().noneMatch(Seat::runs)) {
            return false;
        }
        Group group = job.gang.group();
        long since = group.staleSinceMillis() > 0 ? group.staleSinceMillis() : session.nowMillis;
        return session.nowMillis - since >= session.policy.staleGraceMillis();
    }
}
