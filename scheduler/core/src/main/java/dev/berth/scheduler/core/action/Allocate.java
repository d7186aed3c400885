package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Contender;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Members;
import dev.berth.scheduler.core.queue.Seat;
import dev.berth.scheduler.core.queue.Turns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives free room to who waits: turn after turn, the best gang of the best queue gets all that it lacks for its minimum or,
 * when it has that, one task more. What finds no room gives back what it took and has no other turn in this cycle.
 */
public final class Allocate {
    private final Session session;
    private final Budget budget;

    public Allocate(Session session, Budget budget) {
        this.session = session;
        this.budget = budget;
    }

    public void run(List<Job> line) {
        Turns turns = Turns.waiting(
                session.tree,
                line.stream().filter(one -> one.blocked == null && one.waits()).toList());
        while (!budget.exhausted()) {
            Contender next = turns.poll();
            if (next == null) {
                return;
            }
            Job one = next.job;
            if (one.turn == 0) {
                one.turn = session.nextTurn();
            }
            budget.spend(1);
            Blocked blocked = turn(one);
            boolean again = blocked == null && one.waits();
            Blocked leaving = leaving(one);
            one.blocked = leaving != null ? leaving : blocked;
            turns.end(next, again ? Contender.waiting(one) : null, List.of());
        }
    }

    /** What of the job comes only when others have left, or null. */
    private static @Nullable Blocked leaving(Job one) {
        int later = 0;
        for (Seat seat : one.seats) {
            later += seat.plan() != null && seat.plan() != seat.at() ? 1 : 0;
        }
        return later == 0 ? null : new Blocked.Leaving(later, later + one.left());
    }

    private @Nullable Blocked turn(Job one) {
        List<Seat> seats = one.next(false);
        boolean usual = one.members.size() == 1
                && seats.stream().allMatch(seat -> seat.demand.onlyShrinks())
                && !one.gang.group().root().bound().isBound()
                && !one.members.get(0).set.bound().isBound();
        Blocked full = one.queue == null
                ? null
                : Gates.check(one.queue, one.asks(), seats.stream().noneMatch(seat -> seat.fixed));
        Blocked known = full != null ? full : usual ? knownToFail(seats) : null;
        if (known != null) {
            return known;
        }
        Blocked blocked = new Placing(session, budget, false).place(one, seats, session.everywhere);
        if (blocked == null) {
            keepTogether(one);
            session.overlay.commit("");
        } else if (usual && blocked instanceof Blocked.NoRoom failure && alike(seats)) {
            session.failed.put(
                    failure.stuck().request(),
                    new Blocked.NoRoom(failure.placed(), failure.placed() + 1, failure.stuck()));
        }
        return blocked;
    }

    /** When one task of a minimum has to wait for others to leave, all wait, so that a gang never starts in part. */
    private void keepTogether(Job one) {
        boolean all = false;
        for (Members some : one.members) {
            int later = 0;
            for (Seat seat : some.seats) {
                later += seat.plan() != null && seat.plan() != seat.at() ? 1 : 0;
            }
            all |= later > 0 && some.active() - later < some.set.minimum();
        }
        if (all) {
            one.seats.forEach(session.overlay::postpone);
        }
    }

    /** Room only shrinks, so what found none at an earlier turn need not look again. */
    private @Nullable Blocked knownToFail(List<Seat> seats) {
        Request request = seats.get(0).task.request();
        Blocked.NoRoom failed = session.failed.get(request);
        if (failed == null || (failed.needed() > 1 && !alike(seats)) || seats.size() < failed.needed()) {
            return null;
        }
        return new Blocked.NoRoom(failed.placed(), seats.size(), seats.get(0).task);
    }

    private static boolean alike(List<Seat> seats) {
        for (Seat seat : seats) {
            if (seat.demand != seats.get(0).demand) {
                return false;
            }
        }
        return true;
    }
}
