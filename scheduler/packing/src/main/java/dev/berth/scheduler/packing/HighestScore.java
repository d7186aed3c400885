package dev.berth.scheduler.packing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the feasible node with the highest score, among equals the one of smallest rank. An offer is kept until its node
 * changes: one placement changes one node, so that a decision asks the scorer only for what changed since the class came last.
 */
final class HighestScore implements Policy {
    private final Scorer scorer;
    private final Map<PodClass, Offers> offers = new HashMap<>();
    private @Nullable Cluster known;

    HighestScore(Scorer scorer) {
        this.scorer = scorer;
    }

    @Override
    public @Nullable Placement place(Cluster cluster, Pod pod) {
        if (known != cluster) {
            offers.clear();
            known = cluster;
        }
        Offers row = offers.computeIfAbsent(pod.kind(), kind -> new Offers(kind, cluster));
        int best = -1;
        double bestScore = 0;
        for (int node = 0; node < cluster.size(); node++) {
            if (row.admitted[node] && cluster.node(node).hasRoom(pod)) {
                double score = row.at(node, cluster.node(node)).score();
                if (best < 0 || score > bestScore || score == bestScore && cluster.rank(node) < cluster.rank(best)) {
                    best = node;
                    bestScore = score;
                }
            }
        }
        return best < 0
                ? null
                : new Placement(best, row.at(best, cluster.node(best)).gpus());
    }

    /** Offers of all nodes for one class of pods. */
    private final class Offers {
        private final PodClass pod;
        private final Scorer.@Nullable Offer[] known;
        private final int[] versions;
        private final boolean[] admitted;

        Offers(PodClass pod, Cluster cluster) {
            this.pod = pod;
            known = new Scorer.Offer[cluster.size()];
            versions = new int[cluster.size()];
            admitted = new boolean[cluster.size()];
            for (int node = 0; node < admitted.length; node++) {
                admitted[node] = pod.admits(cluster.node(node).shape().model());
            }
        }

        Scorer.Offer at(int index, NodeState node) {
            Scorer.Offer offer = known[index];
            if (offer == null || versions[index] != node.version()) {
                offer = scorer.offer(node, pod);
                known[index] = offer;
                versions[index] = node.version();
            }
            return offer;
        }
    }
}
