package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.DeviceClaim;
import dev.berth.scheduler.core.PodSet;
import dev.berth.scheduler.core.SubGroup;
import dev.berth.scheduler.core.TopologyBound;
import dev.berth.scheduler.core.place.Choice;
import dev.berth.scheduler.core.place.Demand;
import dev.berth.scheduler.core.place.Domains;
import dev.berth.scheduler.core.place.Look;
import dev.berth.scheduler.core.place.NodeSet;
import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Members;
import dev.berth.scheduler.core.queue.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for tasks of one job, all or none: part after part, pod set after pod set, task after task, each on the best node.
 * A part that has to be close together tries one domain after the other.
 */
final class Placing {
    private final Session session;
    private final Budget budget;

    /** Whether tasks are only meant for places, as nothing is certain yet. */
    private final boolean trying;

    /** Demands for which nothing was left; room only shrinks while places are given away and none is given back. */
    private final Set<Demand> noRoom = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The nodes for which that was found. */
    private @Nullable NodeSet scope;

    private int placed;
    private int needed;

    Placing(Session session, Budget budget, boolean trying) {
        this.session = session;
        this.budget = budget;
        this.trying = trying;
    }

    /** Null when all have a place; otherwise nothing has changed. */
    @Nullable
    Blocked place(Job job, List<Seat> seats, NodeSet nodes) {
        Blocked full = job.queue == null
                ? new Blocked.NoQueue(job.gang.group().queue())
                : Gates.check(job.queue, job.asks(seats), !nobodyMayTake(seats));
        Blocked first = full != null ? full : claims(job, seats);
        if (first != null) {
            return first;
        }
        if (scope != nodes) {
            scope = nodes;
            noRoom.clear();
        }
        placed = 0;
        needed = seats.size();
        int mark = session.overlay.mark();
        Blocked blocked = group(job, job.gang.group().root(), seats, nodes);
        if (blocked != null && session.overlay.mark() > mark) {
            session.overlay.rollback(mark);
            noRoom.clear();
        }
        return blocked;
    }

    /** Devices that several tasks share are charged to one queue: only that one may use them. */
    private @Nullable Blocked claims(Job job, List<Seat> seats) {
        for (Seat seat : job.hasClaims() ? seats : List.<Seat>of()) {
            for (String id : seat.task.request().claims()) {
                DeviceClaim claim = session.nodes.claim(id);
                if (claim == null || !claim.mayServe(job.gang.group().queue())) {
                    return new Blocked.NoClaim(id);
                }
            }
        }
        return null;
    }

    private static boolean nobodyMayTake(List<Seat> seats) {
        return seats.stream().anyMatch(seat -> seat.fixed);
    }

    private @Nullable Blocked group(Job job, SubGroup group, List<Seat> seats, NodeSet nodes) {
        if (!group.bound().isBound()) {
            return parts(job, group, seats, nodes);
        }
        return inDomains(
                new Part(job, group.bound(), group.allPodSets()), seats, nodes, set -> parts(job, group, seats, set));
    }

    /** Pod sets of a job that have to be close together. */
    private record Part(Job job, TopologyBound bound, List<PodSet> sets) {}

    private interface Within {
        @Nullable
        Blocked place(NodeSet nodes);
    }

    private @Nullable Blocked inDomains(Part part, List<Seat> seats, NodeSet nodes, Within within) {
        if (seats.isEmpty()) {
            return null;
        }
        Domains domains = session.topologies.domains(
                part.bound, seats.stream().map(seat -> seat.demand).toList(), nodes, active(part.job, part.sets));
        budget.spend(nodes.nodes().length);
        Blocked blocked = new Blocked.NoDomain(domains.words());
        int before = placed;
        for (NodeSet set : domains.sets()) {
            int mark = session.overlay.mark();
            placed = before;
            blocked = within.place(set);
            if (blocked == null) {
                return null;
            }
            session.overlay.rollback(mark);
            noRoom.clear();
        }
        return blocked;
    }

    private static List<Integer> active(Job job, List<PodSet> sets) {
        List<Integer> nodes = new ArrayList<>();
        for (PodSet set : sets) {
            for (Seat seat : job.members(set.name()).seats) {
                if (seat.plan() != null) {
                    nodes.add(seat.plan().node());
                }
            }
        }
        return nodes;
    }

    private @Nullable Blocked parts(Job job, SubGroup group, List<Seat> seats, NodeSet nodes) {
        List<SubGroup> groups = new ArrayList<>(group.groups());
        groups.sort(Comparator.comparing(SubGroup::name));
        for (SubGroup part : groups) {
            Blocked blocked = group(job, part, of(job, part.allPodSets(), seats), nodes);
            if (blocked != null) {
                return blocked;
            }
        }
        if (group.podSets().size() == 1) {
            return podSet(
                    job, group.podSets().get(0), seats, nodes, group.groups().isEmpty());
        }
        List<Members> sets = new ArrayList<>();
        group.podSets().forEach(set -> sets.add(job.members(set.name())));
        sets.sort(Job.servedOrder());
        for (Members set : sets) {
            Blocked blocked = podSet(job, set.set, seats, nodes, false);
            if (blocked != null) {
                return blocked;
            }
        }
        return null;
    }

    private static List<Seat> of(Job job, List<PodSet> sets, List<Seat> seats) {
        List<Seat> own = new ArrayList<>();
        for (Seat seat : seats) {
            for (PodSet set : sets) {
                if (job.members(seat.task.podSet()) == job.members(set.name())) {
                    own.add(seat);
                    break;
                }
            }
        }
        return own;
    }

    private @Nullable Blocked podSet(Job job, PodSet set, List<Seat> seats, NodeSet nodes, boolean all) {
        List<Seat> own = all ? seats : of(job, List.of(set), seats);
        if (!set.bound().isBound()) {
            return tasks(own, nodes);
        }
        return inDomains(new Part(job, set.bound(), List.of(set)), own, nodes, some -> tasks(own, some));
    }

    private @Nullable Blocked tasks(List<Seat> seats, NodeSet nodes) {
        int mark = session.overlay.mark();
        for (Seat seat : seats) {
            if (!task(seat, nodes)) {
                if (session.overlay.mark() > mark) {
                    session.overlay.rollback(mark);
                    noRoom.clear();
                }
                return new Blocked.NoRoom(placed, needed, seat.task);
            }
            placed++;
        }
        return null;
    }

    private boolean task(Seat seat, NodeSet nodes) {
        boolean plain = nodes.ranks() == null && seat.demand.onlyShrinks();
        if (plain && noRoom.contains(seat.demand)) {
            return false;
        }
        budget.spend(nodes.nodes().length);
        Choice choice = session.nodes.find(seat.demand, nodes, trying ? new Look(false, seat.at()) : Look.NOW);
        if (choice == null) {
            if (plain && nodes == scope) {
                noRoom.add(seat.demand);
            }
            return false;
        }
        if (overCapacity(seat, choice.place())) {
            return false;
        }
        if (trying || !choice.now()) {
            return session.overlay.plan(seat, choice.place());
        }
        session.overlay.bind(seat, choice.place());
        return true;
    }

    /** On the chosen node memory of a GPU has its real size. */
    private static boolean overCapacity(Seat seat, Place place) {
        return seat.demand.isPart()
                && seat.job.queue != null
                && Gates.check(seat.job.queue, seat.charge(place), !seat.fixed) != null;
    }
}
