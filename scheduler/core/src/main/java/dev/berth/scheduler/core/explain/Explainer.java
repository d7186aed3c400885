package dev.berth.scheduler.core.explain;

import dev.berth.model.Explanation;
import dev.berth.model.Explanation.Check;
import dev.berth.model.Reason;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says why each gang of a pool still waits, from what the cycle ran into. */
public final class Explainer {
    private static final Comparator<Job> BY_TURN = Comparator.<Job>comparingInt(
                    one -> one.turn == 0 ? Integer.MAX_VALUE : one.turn)
            .thenComparing(one -> one.gang.group().id());

    private final Session session;
    private final PoolCensus census;
    private final Never never;

    public Explainer(Session session) {
        this.session = session;
        this.census = new PoolCensus(session.nodes);
        this.never = new Never(session, census);
    }

    /** By group id, in the order of the turns. */
    public Map<String, Explanation> explain(int max) {
        List<Job> left = session.waiting.stream()
                .filter(one -> !one.isDone() || one.comesLater())
                .sorted(BY_TURN)
                .toList();
        Map<String, Explanation> all = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(max, left.size()); i++) {
            Job one = left.get(i);
            all.put(one.gang.group().id(), explain(one, i + 1, left.size()));
        }
        return all;
    }

    private Explanation explain(Job one, int position, int waiting) {
        Verdict verdict = verdict(one);
        return new Explanation(verdict.reason, verdict.sentence, checks(one, verdict), position, waiting, List.of());
    }

    private record Verdict(Reason reason, String sentence) {}

    private Verdict verdict(Job one) {
        String impossible = never.because(one);
        if (impossible != null) {
            return new Verdict(Reason.NEVER_FITS, impossible);
        }
        Blocked blocked = one.blocked;
        if (blocked == null) {
            return new Verdict(
                    Reason.BEHIND_FAIR_SHARE, "The cycle ended before its turn; the next one goes on there.");
        }
        if (blocked instanceof Blocked.NoRoom noRoom) {
            return noRoom(one, noRoom);
        }
        return new Verdict(blocked.reason(), sentence(blocked));
    }

    private static String sentence(Blocked blocked) {
        if (blocked instanceof Blocked.Full full) {
            return sentence(full);
        }
        if (blocked instanceof Blocked.Incomplete incomplete) {
            return incomplete.present() + " of " + incomplete.needed() + " pods exist; it starts when all do.";
        }
        if (blocked instanceof Blocked.Leaving leaving) {
            return "A place is kept for it: " + leaving.later() + " of " + leaving.needed()
                    + " pods start as soon as others have left.";
        }
        if (blocked instanceof Blocked.NoDomain domains) {
            return "Its pods have to be close together: " + domains.words() + ".";
        }
        if (blocked instanceof Blocked.NoClaim claim) {
            return "The claim \"" + claim.claim()
                    + "\" for devices is not known, or belongs to no queue or another one.";
        }
        return blocked instanceof Blocked.NoQueue missing
                ? "The project \"" + missing.queue() + "\" is not known in this cluster."
                : "";
    }

    private static String sentence(Blocked.Full full) {
        Dimension dimension = full.dimension();
        String name = full.at().queue.name();
        String more = "with " + dimension.say(full.asked()) + " more it would have more than its ";
        return full.reason() == Reason.OVER_LIMIT
                ? name + " holds " + dimension.say(full.held()) + "; " + more + "limit of "
                        + dimension.say(full.allowed()) + "."
                : "Not preemptible, so it must stay within quota: " + name + " holds " + dimension.say(full.held())
                        + " that nobody may take; " + more + "quota of " + dimension.say(full.allowed()) + ".";
    }

    private Verdict noRoom(Job one, Blocked.NoRoom noRoom) {
        Request request = noRoom.stuck().request();
        if (census.nodes() == 0) {
            return new Verdict(Reason.NO_FIT, "Pool " + session.name + " has no nodes.");
        }
        if (!session.statements().isEmpty() && census.slotsAtStart(request, noRoom.needed()) >= noRoom.needed()) {
            return new Verdict(
                    Reason.BEHIND_FAIR_SHARE,
                    "Those whose turn came first took the room it needs: " + shares(one) + ".");
        }
        if (noRoom.needed() > 1) {
            return new Verdict(
                    Reason.GANG_INCOMPLETE,
                    noRoom.placed() + " of " + noRoom.needed()
                            + " pods would find a node now; they start together or not at all.");
        }
        return new Verdict(
                Reason.NO_FIT, "No node of pool " + session.name + " has " + Words.of(request) + " free together.");
    }

    private String shares(Job one) {
        QueueNode queue = one.queue;
        return queue == null
                ? "no share"
                : queue.queue.name() + " holds " + Dimension.GPU.say(queue.allocated[0]) + ", its fair share is "
                        + Dimension.GPU.say(Math.round(queue.fairShare[0]));
    }

    private List<Check> checks(Job one, Verdict verdict) {
        List<Check> checks = new ArrayList<>(5);
        Blocked blocked = one.blocked;
        QueueNode queue = one.queue;
        if (queue == null || blocked instanceof Blocked.Incomplete) {
            checks.add(new Check("gate", false, verdict.sentence));
            return checks;
        }
        checks.add(new Check("gate", true, "Project " + queue.queue.name() + " is known and all pods exist."));
        if (blocked instanceof Blocked.Full full) {
            if (full.reason() == Reason.OVER_QUOTA) {
                checks.add(new Check("limit", true, "Within the limit of " + queue.queue.name() + " and all above."));
            }
            checks.add(new Check(full.reason() == Reason.OVER_QUOTA ? "quota" : "limit", false, sentence(full)));
            return checks;
        }
        checks.add(new Check("limit", true, "Within the limit of " + queue.queue.name() + " and all above."));
        checks.add(new Check(
                "quota",
                true,
                one.gang.group().preemptible() ? "Preemptible: it may go over quota." : "Within quota."));
        checks.add(new Check("fairShare", verdict.reason != Reason.BEHIND_FAIR_SHARE, "Now " + shares(one) + "."));
        Request request = blocked instanceof Blocked.NoRoom noRoom
                ? noRoom.stuck().request()
                : one.sample().request();
        checks.add(new Check("placement", blocked == null, census.describe(request)));
        return checks;
    }
}
