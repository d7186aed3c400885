package dev.berth.scheduler.core;

import dev.berth.model.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pool during one cycle: its nodes, its queues, and who waits. */
final class PoolSession {
    final String name;
    final PoolNodes nodes;
    final QueueTree tree;
    final List<Waiting> waiting = new ArrayList<>();
    final List<Statement> statements = new ArrayList<>();

    /** The smallest number of equal tasks that found no room together; room only shrinks during a cycle. */
    final Map<Request, Blocked.NoRoom> failed = new HashMap<>();

    private int turns;

    PoolSession(String name, PoolNodes nodes, List<Queue> queues, List<Gang> gangs) {
        this.name = name;
        this.nodes = nodes;
        long[] total = total(nodes);
        this.tree = new QueueTree(queues, name, total);
        long minGpuMemory = minGpuMemory(nodes);
        for (Gang gang : gangs) {
            add(gang, minGpuMemory);
        }
        tree.divide(total);
    }

    private void add(Gang gang, long minGpuMemory) {
        QueueNode node = tree.node(gang.group().queue());
        long[] held = amounts(gang.held());
        if (node != null) {
            node.charge(held, gang.group().preemptible(), 1);
            node.request(held);
        }
        if (!gang.waits()) {
            return;
        }
        Waiting one = new Waiting(gang, minGpuMemory);
        waiting.add(one);
        if (node == null) {
            one.blocked = new Blocked.NoQueue(gang.group().queue());
        } else {
            node.request(one.asks(gang.pending()));
            if (!one.isComplete()) {
                one.blocked = new Blocked.Incomplete(
                        gang.running() + gang.pending().size(), gang.group().minMember());
            }
        }
    }

    /** Numbers the turns, so that the order in which gangs were asked is known afterwards. */
    int nextTurn() {
        return ++turns;
    }

    @Nullable
    QueueNode queueOf(Waiting one) {
        return tree.node(one.gang.group().queue());
    }

    List<QueueShare> shares() {
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
                total = total.plus(
                                new Resources(node.cpuMilli(), node.memoryBytes(), (long) node.gpus() * Devices.WHOLE))
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
