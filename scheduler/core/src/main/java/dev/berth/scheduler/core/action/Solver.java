package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.place.NodeSet;
import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.queue.Contender;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.Seat;
import dev.berth.scheduler.core.queue.Turns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes room for one waiting job by telling others to leave: for its first task, then for its first two, and so on until all
 * have a place. At each step the victims of the steps before leave, and more are added in the order of the victims, until
 * those on the nodes of the newest one make enough room. Everybody who leaves may come back to what is left.
 *
 * <p>Whether victims could be enough is counted first ({@link Capacity}); only what could be is tried for real.
 */
final class Solver {
    private final Session session;
    private final Budget budget;
    private final Validator validator;
    private final List<List<Seat>> chunks = new ArrayList<>();
    private final Turns victims;
    private boolean simulated;

    /** Chunks of which something left or moved in the step before; a gang is in it as a whole, so that it stays whole. */
    private List<List<Seat>> recorded = List.of();

    /** Whether what the victims lose may be taken from them. */
    interface Validator {
        /**
         * Says yes or no.
         *
         * @param asks what the tasks ask for that have got a place
         * @param victims chunk by chunk; those that have a place again lose nothing
         */
        boolean allows(long[] asks, List<List<Seat>> victims);
    }

    Solver(Session session, Budget budget, Turns victims, Validator validator) {
        this.session = session;
        this.budget = budget;
        this.victims = victims;
        this.validator = validator;
    }

    /** True when all of the job's next tasks have a place; then the changes wait to be committed. Otherwise nothing changed. */
    boolean solve(Job job) {
        List<Seat> all = List.copyOf(job.next(false));
        boolean solved = false;
        for (int count = 1; count <= all.size() && !budget.exhausted(); count++) {
            int mark = session.overlay.mark();
            simulated = false;
            solved = step(job, all.subList(0, count));
            boolean last = count == all.size();
            if (!last || !solved || !job.hasMinimum()) {
                session.overlay.rollback(mark);
                solved = false;
            }
            if (!simulated) {
                // Not even all victims make room for so many, let alone for more.
                return false;
            }
        }
        return solved;
    }

    private boolean step(Job job, List<Seat> seats) {
        Capacity capacity = new Capacity(session, seats, recorded);
        Scenario scenario = new Scenario();
        if (!recorded.isEmpty() && capacity.enough() && simulate(job, seats, List.of())) {
            return true;
        }
        Set<Seat> gone = new HashSet<>();
        recorded.forEach(gone::addAll);
        for (int next = 0; !budget.exhausted(); next++) {
            if (next == chunks.size() && !findChunk()) {
                return false;
            }
            List<Seat> chunk = without(chunks.get(next), gone);
            budget.spend(1);
            if (chunk.isEmpty()) {
                continue;
            }
            scenario.add(chunk);
            for (int node : nodesOf(chunk.get(0).job)) {
                long[] freed = scenario.freedOn(node);
                if (freed != null && !capacity.enoughWith(node, freed)) {
                    continue;
                }
                List<List<Seat>> potential = scenario.on(node);
                if (!potential.isEmpty() && capacity.enoughWith(potential) && simulate(job, seats, potential)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean findChunk() {
        Contender next = victims.poll();
        if (next == null) {
            return false;
        }
        List<Seat> chunk = next.chunk();
        List<Seat> left = new ArrayList<>(next.left());
        left.removeAll(chunk);
        boolean again = !chunk.isEmpty() && !left.isEmpty();
        victims.end(next, again ? Contender.victim(next.job, left) : null, chunk);
        chunks.add(chunk);
        return true;
    }

    private static List<Seat> without(List<Seat> chunk, Set<Seat> gone) {
        if (gone.isEmpty() || (chunk.size() == 1 && !gone.contains(chunk.get(0)))) {
            return chunk;
        }
        return chunk.stream().filter(seat -> !gone.contains(seat)).toList();
    }

    private static Set<Integer> nodesOf(Job job) {
        Place only = job.seats.size() == 1 ? job.seats.get(0).where() : null;
        if (only != null) {
            return Set.of(only.node());
        }
        Set<Integer> nodes = new TreeSet<>();
        for (Seat seat : job.seats) {
            Place at = seat.where();
            if (at != null) {
                nodes.add(at.node());
            }
        }
        return nodes;
    }

    private boolean simulate(Job job, List<Seat> seats, List<List<Seat>> potential) {
        simulated = true;
        int mark = session.overlay.mark();
        List<List<Seat>> groups = new ArrayList<>(recorded);
        groups.addAll(potential);
        Set<Job> jobs = new LinkedHashSet<>();
        NodeSet nodes = feasible(job, groups);
        for (List<Seat> group : groups) {
            for (Seat seat : group) {
                session.overlay.evict(seat);
                jobs.add(seat.job);
                budget.spend(1);
            }
        }
        if (placeAll(job, seats, jobs, nodes) && validator.allows(job.asks(seats), byJob(groups))) {
            recorded = groups.stream()
                    .filter(group -> group.stream().anyMatch(seat -> !seat.runs()))
                    .toList();
            return true;
        }
        session.overlay.rollback(mark);
        return false;
    }

    private static List<List<Seat>> byJob(List<List<Seat>> groups) {
        java.util.Map<Job, List<Seat>> byJob = new java.util.LinkedHashMap<>();
        groups.forEach(group -> group.forEach(seat ->
                byJob.computeIfAbsent(seat.job, some -> new ArrayList<>()).add(seat)));
        return List.copyOf(byJob.values());
    }

    /** Gives places in fair order. The job must get its; those who left get what is left. */
    private boolean placeAll(Job job, List<Seat> seats, Set<Job> others, NodeSet nodes) {
        List<Contender> line = new ArrayList<>();
        line.add(Contender.trying(job, seats));
        others.forEach(other -> line.add(Contender.trying(other, other.next(true))));
        Turns turns = Turns.trying(session.tree, line);
        Placing placing = new Placing(session, budget, true);
        for (Contender next = turns.poll(); next != null; next = turns.poll()) {
            boolean itself = next.job == job;
            List<Seat> wanted = itself ? seats : next.job.next(true);
            boolean found = wanted.isEmpty() || placing.place(next.job, wanted, nodes) == null;
            if (itself && !found) {
                return false;
            }
            turns.end(next, null, List.of());
        }
        return true;
    }

    /** Nodes on which something is free or becomes free; all of them for a job that needs no GPU. */
    private NodeSet feasible(Job job, List<List<Seat>> groups) {
        for (Seat seat : job.seats) {
            if (!seat.task.request().asksForGpu()) {
                return session.everywhere;
            }
        }
        boolean[] in = new boolean[session.nodes.size()];
        int count = 0;
        for (int i = 0; i < in.length; i++) {
            in[i] = session.nodes.base(i).node().mig() != dev.berth.scheduler.core.Mig.NONE
                    || !session.nodes.base(i).node().claimable().isEmpty()
                    || session.nodes.now(i).totalMilli() > 0
                    || session.nodes.later(i).totalMilli() > 0;
        }
        for (List<Seat> group : groups) {
            for (Seat seat : group) {
                Place at = seat.where();
                if (at != null) {
                    in[at.node()] = true;
                }
            }
        }
        for (boolean one : in) {
            count += one ? 1 : 0;
        }
        int[] nodes = new int[count];
        int to = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i]) {
                nodes[to++] = i;
            }
        }
        return count == in.length ? session.everywhere : new NodeSet(nodes, null);
    }
}
