package dev.berth.scheduler.core.action;

import dev.berth.model.Resources;
import dev.berth.scheduler.core.Action;
import dev.berth.scheduler.core.Gang;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.PoolPolicy;
import dev.berth.scheduler.core.QueueShare;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.place.NodeSet;
import dev.berth.scheduler.core.place.PoolNodes;
import dev.berth.scheduler.core.place.Topologies;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import dev.berth.scheduler.core.queue.QueueTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pool during one cycle: its nodes, its queues, and who waits. */
public final class Session {
    public final String name;
    public final PoolNodes nodes;
    public final QueueTree tree;
    public final PoolPolicy policy;
    public final long nowMillis;

    /** Jobs of which something waited when the cycle began, by group id. */
    public final List<Job> waiting = new ArrayList<>();

    final Overlay overlay;
    final Topologies topologies;
    final NodeSet everywhere;

    /** The smallest number of equal tasks that found no room together; room only shrinks while it is given away. */
    final Map<Request, Blocked.NoRoom> failed = new HashMap<>();

    private final Map<Action, Set<String>> tried = new TreeMap<>();
    private final List<Gang> gangs;
    private final Map<String, Job> jobs = new HashMap<>();
    private final long minGpuMemory;
    private @Nullable List<Job> everybody;
    private int turns;

    public Session(Snapshot snapshot, String name, PoolNodes nodes, List<Gang> gangs, PoolPolicy policy) {
        this.name = name;
        this.nodes = nodes;
        this.gangs = gangs;
        this.policy = policy;
        this.nowMillis = snapshot.nowMillis();
        this.overlay = new Overlay(nodes);
        this.topologies = new Topologies(snapshot.topologies(), nodes);
        this.everywhere = NodeSet.all(nodes.size());
        long[] total = total(nodes);
        this.tree = new QueueTree(snapshot.queues(), name, total);
        this.minGpuMemory = minGpuMemory(nodes);
        gangs.forEach(this::add);
        tree.divide(total);
    }

    private void add(Gang gang) {
        QueueNode node = tree.node(gang.group().queue());
        if (gang.waits() || gang.special()) {
            job(gang);
        }
        if (node != null) {
            charge(node, gang);
        }
        if (!gang.waits()) {
            return;
        }
        Job one = job(gang);
        waiting.add(one);
        if (node == null) {
            one.blocked = new Blocked.NoQueue(gang.group().queue());
        } else {
            node.request(one.asks(
                    one.seats.stream().filter(seat -> seat.isFree(false)).toList()));
            if (!one.isComplete()) {
                one.blocked = new Blocked.Incomplete(
                        gang.running() + gang.pending().size(), gang.group().minMember());
            }
        }
    }

    /** Charges what runs; what is asked for in parts of cut GPUs or by claims only the job knows. */
    private void charge(QueueNode node, Gang gang) {
        Job known = jobs.get(gang.group().id());
        if (known == null) {
            long[] held = amounts(gang.held());
            node.charge(held, !gang.group().preemptible() && !gang.group().semi(), 1);
            node.request(held);
            return;
        }
        known.seats.forEach(seat -> {
            if (seat.plan() != null) {
                long[] held = seat.charge(seat.plan());
                node.charge(held, seat.fixed, 1);
                node.request(held);
            }
        });
    }

    private Job job(Gang gang) {
        return jobs.computeIfAbsent(
                gang.group().id(), id -> new Job(gang, tree.node(gang.group().queue()), nodes, minGpuMemory));
    }

    /** All jobs of the pool, those among them of which nothing waits; by group id. Made when they are first asked for. */
    List<Job> everybody() {
        List<Job> known = everybody;
        if (known == null) {
            known = new ArrayList<>(gangs.size());
            for (Gang gang : gangs) {
                known.add(job(gang));
            }
            everybody = known;
        }
        return known;
    }

    /** Ids of the groups that had a turn in an action that makes room. */
    public Set<String> tried(Action action) {
        return tried.computeIfAbsent(action, some -> new HashSet<>());
    }

    /** Numbers the turns, so that the order in which gangs were asked is known afterwards. */
    int nextTurn() {
        return ++turns;
    }

    /** What is to be done, in the order in which it was decided. */
    public List<Statement> statements() {
        return overlay.statements();
    }

    public List<QueueShare> shares() {
        List<QueueShare> shares = new ArrayList<>();
        for (QueueNode node : tree.all()) {
            shares.add(new QueueShare(
                    name,
                    node.queue.id(),
                    resources(node.fairShare),
                    resources(node.allocated),
                    resources(node.allocatedNonPreemptible),
                    resources(node.requested)));
        }
        return shares;
    }

    /** What ready nodes have, less what other schedulers gave away. */
    private static long[] total(PoolNodes nodes) {
        Resources total = Resources.NONE;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.base(i).node();
            if (node.ready()) {
                total = total.plus(new Resources(node.cpuMilli(), node.memoryBytes(), node.gpuMilli()))
                        .minus(nodes.base(i).foreign());
            }
        }
        return amounts(total);
    }

    private static long minGpuMemory(PoolNodes nodes) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.base(i).node();
            if (node.gpus() > 0 && node.gpuMemoryMib() >= 100) {
                least = Math.min(least, node.gpuMemoryMib());
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    private static long[] amounts(Resources resources) {
        return new long[] {resources.gpuMilli(), resources.cpuMilli(), resources.memoryBytes()};
    }

    private static Resources resources(long[] amounts) {
        return new Resources(amounts[1], amounts[2], amounts[0]);
    }

    private static Resources resources(double[] amounts) {
        return new Resources(Math.round(amounts[1]), Math.round(amounts[2]), Math.round(amounts[0]));
    }
}
