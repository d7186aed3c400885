package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.PoolPolicy;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Seat;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Moves what may be moved closer together, so that a waiting gang fits. Everybody who is moved has a place again. */
public final class Consolidate {
    private final Session session;
    private final Eviction eviction;

    public Consolidate(Session session, Budget budget) {
        this.session = session;
        this.eviction = new Eviction(session, budget, Action.CONSOLIDATE);
    }

    public void run(List<Job> line) {
        if (session.policy.consolidationVictims() != 0) {
            eviction.forEach(
                    line.stream().filter(Job::isPreemptible).toList(),
                    "Moved, so that what is free is together for ",
                    this::makeRoomFor);
        }
    }

    private boolean makeRoomFor(Job job) {
        if (job.queue == null || job.asks()[0] > free() || Gates.check(job.queue, job.asks(), true) != null) {
            return false;
        }
        int most = session.policy.consolidationVictims();
        Set<Job> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return eviction.solve(
                job,
                queue -> true,
                other -> other.isPreemptible()
                        && other != job
                        && (most == PoolPolicy.ANY_NUMBER
                                || seen.contains(other)
                                || (seen.size() < most && seen.add(other))),
                (asks, moved) -> allHavePlaces(moved));
    }

    /** Moving makes nothing free: without enough in all there is no use in it. */
    private long free() {
        long free = 0;
        for (int i = 0; i < session.nodes.size(); i++) {
            if (session.nodes.base(i).node().ready()) {
                free += session.nodes.freeGpuMilli(i);
            }
        }
        return free;
    }

    private static boolean allHavePlaces(List<List<Seat>> moved) {
        return moved.stream().allMatch(chunk -> chunk.stream().allMatch(Seat::isActive));
    }
}
