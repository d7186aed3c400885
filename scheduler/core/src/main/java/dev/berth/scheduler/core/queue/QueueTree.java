package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queues of one pool with their shares. */
public final class QueueTree {
    private final Map<String, QueueNode> byId = new HashMap<>();
    private final List<QueueNode> all = new ArrayList<>();
    private final List<QueueNode> roots = new ArrayList<>();
    private final QueueOrder order;

    public QueueTree(List<Queue> queues, String pool, long[] total) {
        order = new QueueOrder(total);
        for (Queue queue : queues) {
            QueueNode node = new QueueNode(queue, pool);
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

    QueueOrder order() {
        return order;
    }

    public @Nullable QueueNode node(String id) {
        return byId.get(id);
    }

    /** By id. */
    public List<QueueNode> all() {
        return all;
    }

    /** Divides the pool's total among the roots, and each queue's share among those below it. */
    public void divide(long[] total) {
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
