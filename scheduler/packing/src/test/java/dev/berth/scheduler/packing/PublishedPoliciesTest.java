package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each published policy where one can see what it must choose. */
class PublishedPoliciesTest {
    private static final long SEED = 1;

    private static @Nullable Placement place(PolicyName policy, Cluster cluster, Pod pod, Pod... workload) {
        return policy.open(new Trace(List.of(), List.of(workload.length == 0 ? new Pod[] {pod} : workload)), SEED)
                .place(cluster, pod);
    }

    @Test
    void allTakeNothingWhereNothingFits() {
        for (PolicyName policy : PolicyName.values()) {
            assertThat(place(policy, Small.cluster(Small.node(8, 1)), Small.whole(1, 2)))
                    .as("%s", policy)
                    .isNull();
        }
    }

    @Test
    void allTakeTheOnlyPlaceThereIs() {
        for (PolicyName policy : PolicyName.values()) {
            Cluster cluster = Small.cluster(Small.node(1, 8), Small.node(8, 2), Small.node(8, 1));
            assertThat(place(policy, cluster, Small.whole(4, 2)))
                    .as("%s", policy)
                    .isEqualTo(new Placement(1, Small.mask(0, 1)));
        }
    }

    @Test
    void bestFitTakesTheNodeThatIsLeftWithLeast() {
        Cluster cluster = Small.cluster(Small.node(96, 8), Small.node(32, 2), Small.node(64, 2));

        assertThat(place(PolicyName.BestFit, cluster, Small.whole(4, 1))).isEqualTo(new Placement(1, Small.mask(0)));
    }

    @Test
    void bestFitTakesTheFullestGpu() {
        Cluster cluster = Small.cluster(Small.node(96, 4));
        cluster.take(Small.part(1, 300), new Placement(0, Small.mask(1)));
        cluster.take(Small.part(1, 500), new Placement(0, Small.mask(2)));

        assertThat(place(PolicyName.BestFit, cluster, Small.part(1, 500))).isEqualTo(new Placement(0, Small.mask(2)));
        assertThat(place(PolicyName.BestFit, cluster, Small.part(1, 600))).isEqualTo(new Placement(0, Small.mask(1)));
        assertThat(place(PolicyName.BestFit, cluster, Small.part(1, 800))).isEqualTo(new Placement(0, Small.mask(0)));
    }

    @Test
    void dotProductTakesTheNodeWithLeastOfWhatIsAskedFor() {
        Cluster cluster = Small.cluster(Small.node(32, 8), Small.node(96, 2));

        assertThat(place(PolicyName.DotProd, cluster, Small.cpuOnly(16))).isEqualTo(new Placement(0, 0));
        assertThat(place(PolicyName.DotProd, cluster, Small.whole(2, 2))).isEqualTo(new Placement(1, Small.mask(0, 1)));
    }

    @Test
    void gpuPackingFillsBegunGpusThenBegunNodesThenSmallNodes() {
        Cluster cluster = Small.cluster(Small.node(96, 8), Small.node(96, 2), Small.node(96, 4));
        assertThat(place(PolicyName.GpuPacking, cluster, Small.part(1, 600)))
                .isEqualTo(new Placement(1, Small.mask(0)));

        cluster.take(Small.part(1, 600), new Placement(2, Small.mask(0)));
        assertThat(place(PolicyName.GpuPacking, cluster, Small.part(1, 300)))
                .isEqualTo(new Placement(2, Small.mask(0)));
        assertThat(place(PolicyName.GpuPacking, cluster, Small.part(1, 600)))
                .isEqualTo(new Placement(2, Small.mask(1)));
    }

    @Test
    void gpuClusteringKeepsKindsTogether() {
        Cluster cluster = Small.cluster(Small.node(96, 8), Small.node(96, 8), Small.node(96, 8));
        cluster.take(Small.whole(1, 2), new Placement(1, Small.mask(0, 1)));
        cluster.take(Small.part(1, 400), new Placement(2, Small.mask(0)));

        assertThat(place(PolicyName.GpuClustering, cluster, Small.whole(1, 2)))
                .isEqualTo(new Placement(1, Small.mask(2, 3)));
        assertThat(place(PolicyName.GpuClustering, cluster, Small.part(1, 800)))
                .isEqualTo(new Placement(2, Small.mask(1)));
        assertThat(place(PolicyName.GpuClustering, cluster, Small.whole(1, 1)))
                .isEqualTo(new Placement(0, Small.mask(0)));
    }

    @Test
    void fragmentationGradientLeavesWhatOthersCanUse() {
        // Half of the pods ask for 300, half for 700: putting 300 beside 700 spoils nothing.
        Pod[] workload = {Small.part(1, 300), Small.part(1, 700)};
        Cluster cluster = Small.cluster(Small.node(8, 2), Small.node(8, 2));
        cluster.take(Small.part(1, 700), new Placement(1, Small.mask(1)));

        assertThat(place(PolicyName.FGD, cluster, Small.part(1, 300), workload))
                .isEqualTo(new Placement(1, Small.mask(1)));
    }

    @Test
    void equalScoresGoToTheSmallestRank() {
        for (PolicyName policy : PolicyName.values()) {
            Cluster cluster =
                    new Cluster(List.of(Small.node(8, 2), Small.node(8, 2), Small.node(8, 2)), new int[] {2, 0, 1});
            Placement placement = place(policy, cluster, Small.part(1, 300));
            if (policy != PolicyName.Random) {
                assertThat(placement).as("%s", policy).isEqualTo(new Placement(1, Small.mask(0)));
            }
        }
    }

    @Test
    void randomReachesEveryNodeAndGpu() {
        Policy random = PolicyName.Random.open(new Trace(List.of(), List.of(Small.part(1, 300))), SEED);
        Cluster cluster = Small.cluster(Small.node(8, 2), Small.node(8, 2));

        assertThat(Stream.generate(() -> random.place(cluster, Small.part(1, 300)))
                        .limit(200)
                        .distinct())
                .hasSize(4);
    }

    @Test
    void aKeptOfferIsForgottenWhenItsNodeChanges() {
        Policy policy = PolicyName.BestFit.open(new Trace(List.of(), List.of()), SEED);
        Cluster cluster = Small.cluster(Small.node(32, 1), Small.node(64, 2));
        Pod pod = Small.part(1, 600);

        for (Placement expected : new Placement[] {
            new Placement(0, Small.mask(0)), new Placement(1, Small.mask(0)), new Placement(1, Small.mask(1))
        }) {
            Placement placement = policy.place(cluster, pod);
            assertThat(placement).isEqualTo(expected);
            cluster.take(pod, expected);
        }
        assertThat(policy.place(cluster, pod)).isNull();
        assertThat(policy.place(Small.cluster(Small.node(8, 1)), pod)).isEqualTo(new Placement(0, Small.mask(0)));
    }
}
