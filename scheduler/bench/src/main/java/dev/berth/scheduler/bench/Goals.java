package dev.berth.scheduler.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured, against which goal and beside which figure of a peer. */
final class Goals {
    private static final String NO_PEER = "none published";

    private Goals() {}

    /** Every row of the table, in its order. */
    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        goals.add(millis("allocate 500 one-GPU jobs", "AllocateBenchmark.allocate", 100, 10)
                .with("jobs", 500)
                .beside("KAI 183 ms (430 ms on such a machine)"));
        goals.add(new Goal(
                "allocate throughput, one cycle",
                1_000,
                "AllocateBenchmark.allocate",
                Map.of("nodes", "1000", "jobs", "8000"),
                Unit.perSecond(8_000),
                20_000,
                "YuniKorn 204 pods/s at 2,000 nodes; Kueue 43 workloads/s"));
        goals.add(
                millis("snapshot from events, 140,000 pods, 1 % changed", "FeedBenchmark.snapshotFromEvents", 4_000, 30)
                        .beside("KAI 2.2 s"));
        goals.add(millis("cycle with nothing to do, 140,000 pods", "FeedBenchmark.idleCycle", 4_000, 10)
                .beside("KAI 2.5 s"));
        goals.add(millis(
                "first bindings of 100,000 pending in 1,000 queues", "BacklogBenchmark.firstBindings", 5_000, 1_000));
        return List.copyOf(goals);
    }

    /** Allocation in a growing cluster, eight jobs for each node: the cost of one should hardly grow. */
    static List<Goal> curve() {
        List<Goal> goals = new ArrayList<>();
        for (int nodes : new int[] {250, 500, 1_000, 2_000, 4_000, 8_000}) {
            goals.add(millis(
                            "allocate 8 jobs for each node",
                            "AllocateBenchmark.allocate",
                            nodes,
                            Double.POSITIVE_INFINITY)
                    .with("jobs", nodes * Fleet.GPUS));
        }
        return List.copyOf(goals);
    }

    private static Goal millis(String name, String benchmark, int nodes, double goal) {
        return new Goal(name, nodes, benchmark, Map.of(), Unit.MILLIS, goal, NO_PEER).with("nodes", nodes);
    }
}
