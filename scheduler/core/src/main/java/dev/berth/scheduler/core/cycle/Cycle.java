package dev.berth.scheduler.core.cycle;

import dev.berth.model.Explanation;
import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Budget;
import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Gang;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Placement;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Pool;
import dev.berth.scheduler.core.Popularity;
import dev.berth.scheduler.core.QueueShare;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.action.Allocate;
import dev.berth.scheduler.core.action.Consolidate;
import dev.berth.scheduler.core.action.EvictStaleGangs;
import dev.berth.scheduler.core.action.Preempt;
import dev.berth.scheduler.core.action.Reclaim;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.explain.Explainer;
import dev.berth.scheduler.core.place.PoolNodes;
import dev.berth.scheduler.core.queue.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides. What a cycle remembers from one run to the next is only what it has worked out about states of nodes: it saves
 * time and never changes a decision. One thread at a time; another thread takes another cycle.
 */
public final class Cycle {
    private final Map<String, PoolNodes> memory = new HashMap<>();

    /** Runs from the start of a sweep. */
    public CycleReport run(Snapshot snapshot, Policy policy) {
        return run(snapshot, policy, Cursor.START);
    }

    /** Goes on where the last cycle's report says. */
    public CycleReport run(Snapshot snapshot, Policy policy, Cursor from) {
        Decision decision = decide(snapshot, policy, from);
        List<Statement> statements = decision.statements();
        List<QueueShare> shares = decision.shares();
        Map<String, Explanation> explanations = new LinkedHashMap<>();
        for (Session session : decision.sessions().values()) {
            explanations.putAll(new Explainer(session).explain(policy.explained() - explanations.size()));
        }
        addChanges(snapshot, policy, explanations);
        return new CycleReport(statements, shares, explanations, decision.steps(), decision.next());
    }

    /** Runs all actions; the decision is good until the next run. */
    Decision decide(Snapshot snapshot, Policy policy, Cursor from) {
        SortedMap<String, Session> sessions = sessions(snapshot, policy);
        List<Budget> budgets =
                Action.ALL.stream().map(action -> new Budget(policy.steps())).toList();
        Budget allocating = budgets.get(Action.ALLOCATE.ordinal());
        boolean reachedAll = sweep(sessions, allocating, from, false);
        reachedAll &= sweep(sessions, allocating, from, true);
        sessions.forEach((pool, session) -> {
            List<Action> actions = session.policy.actions();
            for (Action action : allocatesFirst(session) ? actions.subList(1, actions.size()) : actions) {
                run(action, session, budgets.get(action.ordinal()));
            }
        });
        long spent = budgets.stream().mapToLong(Budget::spent).sum();
        return new Decision(snapshot, sessions, spent, reachedAll ? Cursor.START : cursor(sessions, from));
    }

    private static boolean allocatesFirst(Session session) {
        return !session.policy.actions().isEmpty() && session.policy.actions().get(0) == Action.ALLOCATE;
    }

    private static void run(Action action, Session session, Budget budget) {
        switch (action) {
            case ALLOCATE -> new Allocate(session, budget).run(session.waiting);
            case CONSOLIDATE -> new Consolidate(session, budget).run(session.waiting);
            case RECLAIM -> new Reclaim(session, budget).run(session.waiting);
            case PREEMPT -> new Preempt(session, budget).run(session.waiting);
            case EVICT_STALE_GANGS -> new EvictStaleGangs(session).run();
        }
    }

    private static boolean sweep(
            SortedMap<String, Session> sessions, Budget budget, Cursor from, boolean hadTheirTurn) {
        for (Session session : sessions.values()) {
            if (!allocatesFirst(session)) {
                continue;
            }
            List<Job> line = session.waiting.stream()
                    .filter(one -> from.hadTheirTurn().contains(one.gang.group().id()) == hadTheirTurn)
                    .toList();
            new Allocate(session, budget).run(line);
        }
        return !budget.exhausted();
    }

    /** Those who had their turn in this sweep; when that is everybody, a new sweep begins. */
    private static Cursor cursor(SortedMap<String, Session> sessions, Cursor from) {
        Set<String> had = new HashSet<>();
        Set<String> hadBefore = new HashSet<>();
        boolean everybody = true;
        for (Session session : sessions.values()) {
            for (Job one : session.waiting) {
                String id = one.gang.group().id();
                boolean before = from.hadTheirTurn().contains(id);
                if (before) {
                    hadBefore.add(id);
                }
                if (one.turn > 0) {
                    had.add(id);
                }
                everybody &= before || one.turn > 0 || one.blocked != null;
            }
        }
        if (!everybody) {
            had.addAll(hadBefore);
        }
        return new Cursor(had);
    }

    private SortedMap<String, Session> sessions(Snapshot snapshot, Policy policy) {
        SortedMap<String, List<NodeState>> nodes = new TreeMap<>();
        for (NodeState state : snapshot.nodes()) {
            nodes.computeIfAbsent(state.node().pool(), pool -> new ArrayList<>())
                    .add(state);
        }
        SortedMap<String, List<Gang>> gangs = new TreeMap<>();
        for (Gang gang : snapshot.gangs()) {
            gangs.computeIfAbsent(gang.group().pool(), pool -> new ArrayList<>())
                    .add(gang);
            nodes.computeIfAbsent(gang.group().pool(), pool -> new ArrayList<>());
        }
        memory.keySet().retainAll(nodes.keySet());
        SortedMap<String, Session> sessions = new TreeMap<>();
        nodes.forEach((pool, states) -> {
            PoolNodes held = memory.computeIfAbsent(pool, name -> new PoolNodes());
            Pool declared = snapshot.pools().get(pool);
            held.begin(
                    states,
                    declared == null ? new Pool(pool, Placement.BINPACK) : declared,
                    snapshot.popularity().getOrDefault(pool, Popularity.NONE),
                    snapshot.claims());
            sessions.put(pool, new Session(snapshot, pool, held, gangs.getOrDefault(pool, List.of()), policy.in(pool)));
        });
        return sessions;
    }

    private void addChanges(Snapshot snapshot, Policy policy, Map<String, Explanation> explanations) {
        int left = policy.counterfactuals();
        for (Map.Entry<String, Explanation> entry : explanations.entrySet()) {
            if (left-- <= 0) {
                return;
            }
            Explanation bare = entry.getValue();
            entry.setValue(new Explanation(
                    bare.reason(),
                    bare.sentence(),
                    bare.checks(),
                    bare.position(),
                    bare.waiting(),
                    new Counterfactuals(this).of(snapshot, policy, entry.getKey())));
        }
    }
}
