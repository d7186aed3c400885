package dev.berth.scheduler.packing;

import dev.berth.scheduler.core.foresight.Foresight.Weights;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Berth's policy without being told what is popular: it counts what arrives, and looks again when that has doubled. */
final class Learning implements Policy {
    private static final int FIRST_LOOK = 16;

    /** More than the published target workload: pods of several GPUs are rare. */
    private static final double COVERED = 0.99;

    private final Map<PodClass, Integer> counts = new HashMap<>();
    private Policy policy = new HighestScore(Scorers::bestFit);
    private int arrived;
    private int nextLook = FIRST_LOOK;

    @Override
    public @Nullable Placement place(Cluster cluster, Pod pod) {
        counts.merge(pod.kind(), 1, Integer::sum);
        if (++arrived == nextLook) {
            policy = new HighestScore(new Foresight(Popularity.of(counts, COVERED), Weights.QUICK));
            nextLook *= 2;
        }
        return policy.place(cluster, pod);
    }
}
