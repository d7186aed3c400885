package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queues of one pool with their shares, and the turns of the gangs that wait in them. */
final class QueueTree {
    private final Map<String, QueueNode> byId = new HashMap<>();
    private final List<QueueNode> all = new ArrayList<>();
    private final List<QueueNode> roots = new ArrayList<>();
    private final PriorityQueue<QueueNode> active;

    QueueTree(List<Queue> queues, String pool, long[] total) {
        QueueOrder order = new QueueOrder(total);
        active = new PriorityQueue<>(order);
        for (Queue queue : queues) {
            QueueNode node = new QueueNode(queue, pool, order);
            byId.put(queue.id(), node);
            all.add(node);
        }
        for (QueueNode node : all) {
            QueueNode parent = byId.get(node.queue.parent());
            if (parent == null || inCircle(node)) {
                roots.add(node);
            } else {
                node.under(parent);
            }
        }
    }

    @Nullable
    QueueNode node(String id) {
        return byId.get(id);
    }

    /** By id. */
    List<QueueNode> all() {
        return all;
    }

    /** Divides the pool's total among the roots, and each queue's share among those below it. */
    void divide(long[] total) {
        for (Dimension dimension : Dimension.ALL) {
            divide(roots, dimension, total[dimension.ordinal()]);
        }
    }

    private static void divide(List<QueueNode> peers, Dimension dimension, double total) {
        List<Claim> claims = new ArrayList<>(peers.size());
        for (QueueNode peer : peers) {
            claims.add(new Claim(
                    peer.queue.id(),
                    peer.quota.priority(),
                    peer.queue.createdAtMillis(),
                    peer.amount(dimension),
                    peer.requested[dimension.ordinal()]));
        }
        FairShare.divide(claims, total, dimension.unit(), 1);
        for (int i = 0; i < claims.size(); i++) {
            QueueNode peer = peers.get(i);
            peer.fairShare[dimension.ordinal()] = claims.get(i).fairShare;
            if (!peer.children.isEmpty()) {
                divide(peer.children, dimension, claims.get(i).fairShare);
            }
        }
    }

    /** Takes the gangs that want their turn. */
    void line(List<Waiting> waiting) {
        for (Waiting gang : waiting) {
            QueueNode node = byId.get(gang.gang.group().queue());
            if (node != null) {
                node.gangs.add(gang);
            }
        }
        roots.forEach(this::activate);
    }

    private void activate(QueueNode node) {
        node.children.forEach(this::activate);
        node.refresh();
        if (node.candidate != null) {
            siblings(node).add(node);
        }
    }

    /** The gang whose turn is next, or null. It is out of the line until it is {@linkplain #putBack put back}. */
    @Nullable
    Waiting poll() {
        QueueNode top = active.peek();
        if (top == null) {
            return null;
        }
        QueueNode node = top;
        while (node.gangs.isEmpty()) {
            QueueNode below = node.active.peek();
            if (below == null) {
                throw new IllegalStateException("Expected a gang below " + node.queue.id() + ", but found none.");
            }
            node = below;
        }
        lift(node);
        return node.gangs.remove();
    }

    /** Ends the turn of a gang of the queue, which may want another one. */
    void endTurn(Waiting gang, boolean again) {
        QueueNode leaf = byId.get(gang.gang.group().queue());
        if (leaf != null) {
            if (again) {
                leaf.gangs.add(gang);
            }
            settle(leaf);
        }
    }

    /** Takes the path out of the heaps while its amounts change. */
    private void lift(QueueNode leaf) {
        for (QueueNode at = leaf; at != null; at = at.parent()) {
            QueueNode removed = siblings(at).remove();
            if (removed != at) {
                throw new IllegalStateException("Expected the turn of " + at.queue.id() + ".");
            }
        }
    }

    private void settle(QueueNode leaf) {
        for (QueueNode at = leaf; at != null; at = at.parent()) {
            at.refresh();
            if (at.candidate != null) {
                siblings(at).add(at);
            }
        }
    }

    private PriorityQueue<QueueNode> siblings(QueueNode node) {
        QueueNode parent = node.parent();
        return parent == null ? active : parent.active;
    }

    /** Whether going up from here comes back here. Such queues count as roots. */
    private boolean inCircle(QueueNode start) {
        Set<String> seen = new HashSet<>();
        QueueNode at = byId.get(start.queue.parent());
        while (at != null && seen.add(at.queue.id())) {
            if (at == start) {
                return true;
            }
            at = byId.get(at.queue.parent());
        }
        return false;
    }
}
