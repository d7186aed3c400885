package dev.berth.scheduler.core.cycle;

import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.action.Allocate;
import dev.berth.scheduler.core.action.Consolidate;
import dev.berth.scheduler.core.action.EvictStaleGangs;
import dev.berth.scheduler.core.action.Preempt;
import dev.berth.scheduler.core.action.Reclaim;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.queue.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs the actions, each within its budget: one for allocation in all pools, and an equal part of as much for each pool in
 * each action that makes room. Those who had their turn in an action that did not come to its end come last in
 * the next cycle, until everybody had one.
 */
final class Sweep {
    private final Collection<Session> sessions;
    private final Cursor from;
    private final Budget allocating;
    private final long stepsOfPool;
    private long spentOnRoom;
    private final Map<Action, Set<String>> next = new TreeMap<>();

    Sweep(Collection<Session> sessions, Policy policy, Cursor from) {
        this.sessions = sessions;
        this.from = from;
        this.allocating = new Budget(policy.steps());
        this.stepsOfPool = Math.max(1, policy.steps() / Math.max(1, sessions.size()));
    }

    /** Runs all, and tells where the next cycle goes on. */
    Cursor run() {
        List<Session> allocating =
                sessions.stream().filter(Sweep::allocatesFirst).toList();
        allocate(allocating);
        for (Session session : sessions) {
            List<Action> actions = session.policy.actions();
            for (Action action : allocatesFirst(session) ? actions.subList(1, actions.size()) : actions) {
                run(action, session);
            }
        }
        Set<String> had = next.getOrDefault(Action.ALLOCATE, Set.of());
        next.remove(Action.ALLOCATE);
        return had.isEmpty() && next.isEmpty() ? Cursor.START : new Cursor(had, next);
    }

    long spent() {
        return allocating.spent() + spentOnRoom;
    }

    private static boolean allocatesFirst(Session session) {
        return !session.policy.actions().isEmpty() && session.policy.actions().get(0) == Action.ALLOCATE;
    }

    /** The pools share one budget: first in all of them those who had no turn yet. */
    private void allocate(List<Session> some) {
        Budget budget = allocating;
        some.forEach(session -> new Allocate(session, budget).run(line(session, from.hadTheirTurn(), false)));
        boolean reachedAll = !budget.exhausted();
        some.forEach(session -> new Allocate(session, budget).run(line(session, from.hadTheirTurn(), true)));
        if (!reachedAll || budget.exhausted()) {
            remember(Action.ALLOCATE, some, from.hadTheirTurn(), turns(some));
        }
    }

    private static List<Job> line(Session session, Set<String> had, boolean hadTheirTurn) {
        return session.waiting.stream()
                .filter(one -> had.contains(one.gang.group().id()) == hadTheirTurn)
                .toList();
    }

    private static Set<String> turns(List<Session> some) {
        Set<String> turns = new HashSet<>();
        some.forEach(session -> session.waiting.stream()
                .filter(one -> one.turn > 0)
                .forEach(one -> turns.add(one.gang.group().id())));
        return turns;
    }

    private void run(Action action, Session session) {
        if (action == Action.ALLOCATE) {
            allocate(List.of(session));
        } else if (action == Action.EVICT_STALE_GANGS) {
            new EvictStaleGangs(session).run();
        } else {
            Set<String> before = from.tried(action);
            Budget budget = new Budget(stepsOfPool);
            makeRoom(action, session, budget, line(session, before, false));
            makeRoom(action, session, budget, line(session, before, true));
            spentOnRoom += budget.spent();
            if (budget.exhausted()) {
                remember(action, List.of(session), before, session.tried(action));
            }
        }
    }

    private static void makeRoom(Action action, Session session, Budget budget, List<Job> line) {
        switch (action) {
            case CONSOLIDATE -> new Consolidate(session, budget).run(line);
            case RECLAIM -> new Reclaim(session, budget).run(line);
            case PREEMPT -> new Preempt(session, budget).run(line);
            case ALLOCATE, EVICT_STALE_GANGS ->
                throw new IllegalArgumentException("Expected an action that makes room.");
        }
    }

    /** Those who had their turn in this sweep; when that is everybody, a new sweep begins with those of this cycle. */
    private void remember(Action action, List<Session> some, Set<String> before, Set<String> now) {
        Set<String> had = new HashSet<>(now);
        List<String> all = new ArrayList<>();
        some.forEach(session -> session.waiting.stream()
                .filter(one -> one.blocked == null
                        || one.turn > 0
                        || session.tried(action).contains(one.gang.group().id()))
                .forEach(one -> all.add(one.gang.group().id())));
        boolean everybody = all.stream().allMatch(id -> before.contains(id) || now.contains(id));
        if (!everybody) {
            all.stream().filter(before::contains).forEach(had::add);
        }
        next.computeIfAbsent(action, any -> new HashSet<>()).addAll(had);
    }
}
