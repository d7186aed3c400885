package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Contender;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import dev.berth.scheduler.core.queue.Seat;
import dev.berth.scheduler.core.queue.Turns;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the actions have in common that make room by telling others to leave. */
final class Eviction {
    private final Session session;
    private final Budget budget;
    private final Action action;
    private @Nullable VictimBook book;

    Eviction(Session session, Budget budget, Action action) {
        this.action = action;
        this.session = session;
        this.budget = budget;
    }

    /** Tries to make room for one job; true when it did, and the changes wait to be committed. */
    interface Attempt {
        boolean makeRoomFor(Job job);
    }

    /** Turn after turn, each waiting job of the line has one attempt. */
    void forEach(List<Job> line, String because, Attempt attempt) {
        Turns turns = Turns.waiting(
                session.tree,
                line.stream().filter(job -> job.waits() && job.isComplete()).toList());
        while (!budget.exhausted()) {
            Contender next = turns.poll();
            if (next == null) {
                return;
            }
            budget.spend(1);
            Job job = next.job;
            session.tried(action).add(job.gang.group().id());
            boolean made = attempt.makeRoomFor(job);
            List<Seat> changed = made ? session.overlay.changedSince(0) : List.of();
            if (made) {
                session.overlay.commit(because + job.gang.group().name() + ".");
                job.blocked = new Blocked.Leaving(coming(job), coming(job) + job.left());
            }
            turns.end(next, null, List.of());
            changed.stream().map(seat -> seat.job).distinct().forEach(other -> {
                victims().update(other);
                if (other.queue != null) {
                    turns.touched(other.queue);
                }
            });
        }
    }

    private static int coming(Job job) {
        int coming = 0;
        for (Seat seat : job.seats) {
            coming += seat.plan() != null && seat.plan() != seat.at() ? 1 : 0;
        }
        return coming;
    }

    /** Looks for victims in the queues and among the jobs for which the conditions hold. */
    boolean solve(Job job, Predicate<QueueNode> queues, Predicate<Job> jobs, Solver.Validator validator) {
        return new Solver(session, budget, victims().turns(queues, jobs), validator).solve(job);
    }

    private VictimBook victims() {
        VictimBook known = book;
        if (known == null) {
            known = new VictimBook(session);
            book = known;
        }
        return known;
    }

    /** Whether the job has not run for as long as it is safe. */
    boolean isSafe(Job job, long millis) {
        long started = job.gang.group().startedAtMillis();
        return millis > 0 && started > 0 && session.nowMillis < started + millis;
    }

    /** How long a start is safe from work of higher priority: as the nearest queue says. */
    static long preemptMillis(Job job) {
        for (QueueNode at = job.queue; at != null; at = at.parent()) {
            Queue.Protection protection = at.queue.protection();
            if (protection.preemptMillis() >= 0) {
                return protection.preemptMillis();
            }
        }
        return 0;
    }

    /** How long a start is safe from another queue: as the queue says that is next below the one both have in common. */
    static long reclaimMillis(Job job, QueueNode reclaimer) {
        if (job.queue == null) {
            return 0;
        }
        List<QueueNode> path = job.queue.path();
        List<QueueNode> other = reclaimer.path();
        int level = 0;
        while (level < path.size() - 1 && level < other.size() - 1 && path.get(level) == other.get(level)) {
            level++;
        }
        for (QueueNode at = path.get(level); at != null; at = at.parent()) {
            Queue.Protection protection = at.queue.protection();
            if (protection.reclaimMillis() >= 0) {
                return protection.reclaimMillis();
            }
        }
        return 0;
    }

    /** Whether a safe job, if it loses something, loses only what is beyond its minimum. */
    boolean spares(List<List<Seat>> victims, java.util.function.ToLongFunction<Job> safeMillis) {
        for (List<Seat> chunk : victims) {
            Job job = chunk.get(0).job;
            if (isSafe(job, safeMillis.applyAsLong(job)) && !job.hasMinimum()) {
                return false;
            }
        }
        return true;
    }

    /** Whether something of the job is beyond its minimum. */
    static boolean hasMore(Job job) {
        return job.members.stream().anyMatch(some -> some.active() > some.set.minimum());
    }
}
