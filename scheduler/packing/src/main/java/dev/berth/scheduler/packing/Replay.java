package dev.berth.scheduler.packing;

/** Feeds arrivals one by one into an empty cluster. Nothing leaves, nothing moves, what does not fit fails for good. */
public final class Replay {
    private final Trace trace;
    private final Fragmentation fragmentation;

    public Replay(Trace trace) {
        this.trace = trace;
        fragmentation = new Fragmentation(Popularity.target(trace.pods()));
    }

    public Run run(Arrivals arrivals, Policy policy) {
        Cluster cluster = new Cluster(trace.nodes(), arrivals.ranks());
        int size = arrivals.pods().length;
        Run.Failures failures = Run.Failures.NONE;
        long[] arrived = new long[size];
        long[] used = new long[size];
        double[] fragmented = new double[size];
        long asked = 0;
        Sum sum = new Sum(cluster);
        for (int i = 0; i < size; i++) {
            Pod pod = trace.pods().get(arrivals.pods()[i]);
            asked += pod.kind().totalMilli();
            Placement placement = policy.place(cluster, pod);
            if (placement == null) {
                refuseIdling(cluster, pod);
                failures = failures.plus(pod.kind(), (double) asked / cluster.capacityMilli());
            } else {
                cluster.take(pod, placement);
                sum.changed(placement.node());
            }
            arrived[i] = asked;
            used[i] = cluster.usedMilli();
            fragmented[i] = sum.total;
        }
        return new Run(arrivals.seed(), cluster.capacityMilli(), arrived, used, fragmented, failures);
    }

    /** A policy that may refuse what fits could look better than it is. */
    private static void refuseIdling(Cluster cluster, Pod pod) {
        for (int node = 0; node < cluster.size(); node++) {
            if (cluster.node(node).fits(pod)) {
                throw new IllegalStateException(
                        "Expected a place for " + pod + ", because " + cluster.node(node) + " has one.");
            }
        }
    }

    /** The cluster's fragmentation; only a node that changed is looked at again. */
    private final class Sum {
        private final Cluster cluster;
        private final double[] each;
        private double total;

        Sum(Cluster cluster) {
            this.cluster = cluster;
            each = new double[cluster.size()];
            for (int node = 0; node < each.length; node++) {
                changed(node);
            }
        }

        void changed(int node) {
            double now = fragmentation.of(cluster.node(node));
            total += now - each[node];
            each[node] = now;
        }
    }
}
