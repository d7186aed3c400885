package dev.berth.scheduler.core.cycle;

import dev.berth.model.Explanation;
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
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.explain.Explainer;
import dev.berth.scheduler.core.place.PoolNodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Sweep sweep = new Sweep(sessions.values(), policy, from);
        Cursor next = sweep.run();
        return new Decision(snapshot, sessions, sweep.spent(), next);
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
