package dev.berth.scheduler.core;

import dev.berth.model.Explanation;
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
        for (PoolSession session : decision.sessions().values()) {
            explanations.putAll(new Explainer(session).explain(policy.explained() - explanations.size()));
        }
        addChanges(snapshot, policy, explanations);
        return new CycleReport(statements, shares, explanations, decision.steps(), decision.next());
    }

    /** Runs all actions; the decision is good until the next run. */
    Decision decide(Snapshot snapshot, Policy policy, Cursor from) {
        SortedMap<String, PoolSession> sessions = sessions(snapshot);
        Budget budget = new Budget(policy.steps());
        boolean reachedAll = sweep(sessions, budget, from, false);
        reachedAll &= sweep(sessions, budget, from, true);
        return new Decision(snapshot, sessions, budget.spent(), reachedAll ? Cursor.START : cursor(sessions, from));
    }

    private static boolean sweep(
            SortedMap<String, PoolSession> sessions, Budget budget, Cursor from, boolean hadTheirTurn) {
        for (PoolSession session : sessions.values()) {
            List<Waiting> line = session.waiting.stream()
                    .filter(one -> from.hadTheirTurn().contains(one.gang.group().id()) == hadTheirTurn)
                    .toList();
            new Allocate(session, budget).run(line);
        }
        return !budget.exhausted();
    }

    /** Those who had their turn in this sweep; when that is everybody, a new sweep begins. */
    private static Cursor cursor(SortedMap<String, PoolSession> sessions, Cursor from) {
        Set<String> had = new HashSet<>();
        Set<String> hadBefore = new HashSet<>();
        boolean everybody = true;
        for (PoolSession session : sessions.values()) {
            for (Waiting one : session.waiting) {
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

    private SortedMap<String, PoolSession> sessions(Snapshot snapshot) {
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
        SortedMap<String, PoolSession> sessions = new TreeMap<>();
        nodes.forEach((pool, states) -> {
            PoolNodes held = memory.computeIfAbsent(pool, name -> new PoolNodes());
            Pool declared = snapshot.pools().get(pool);
            held.begin(
                    states,
                    declared == null ? Placement.BINPACK : declared.placement(),
                    snapshot.popularity().getOrDefault(pool, Popularity.NONE));
            sessions.put(pool, new PoolSession(pool, held, snapshot.queues(), gangs.getOrDefault(pool, List.of())));
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
