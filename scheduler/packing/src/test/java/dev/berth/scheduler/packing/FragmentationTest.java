package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentationTest {
    private static final int[] ONE_WHOLE_ONE_PART = {1000, 300};

    private static double of(int cpu, int[] gpus, Pod... workload) {
        return new Fragmentation(Popularity.target(List.of(workload))).of("G2", cpu, gpus);
    }

    @Test
    void countsPartsThatAreTooSmall() {
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.part(4, 500))).isEqualTo(300);
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.part(4, 300))).isZero();
    }

    @Test
    void countsAllThatIsIdleWhereCpuOrGpusLack() {
        assertThat(of(3999, ONE_WHOLE_ONE_PART, Small.part(4, 300))).isEqualTo(1300);
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.whole(4, 2))).isEqualTo(1300);
        assertThat(of(3999, ONE_WHOLE_ONE_PART, Small.whole(4, 2))).isEqualTo(1300);
    }

    @Test
    void countsAllThatIsIdleForPodsWithoutGpu() {
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.cpuOnly(1))).isEqualTo(1300);
        assertThat(of(0, ONE_WHOLE_ONE_PART, Small.cpuOnly(1))).isEqualTo(1300);
    }

    @Test
    void countsAllThatIsIdleWhereTheModelIsNotAdmitted() {
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.only("T4|G3", Small.part(1, 300))))
                .isEqualTo(1300);
        assertThat(of(4000, ONE_WHOLE_ONE_PART, Small.only("T4|G2", Small.part(1, 300))))
                .isZero();
    }

    @Test
    void weighsClassesByTheirShare() {
        // Half of the pods leave 300 idle, a quarter lacks CPU, a quarter asks for no GPU: 150 + 325 + 325.
        double fragmentation = of(
                10_000,
                ONE_WHOLE_ONE_PART,
                Small.part(4, 500),
                Small.part(4, 500),
                Small.whole(12, 1),
                Small.cpuOnly(1));

        assertThat(fragmentation).isCloseTo(800, within(1e-9));
    }

    @Test
    void isNothingOnAFullNode() {
        assertThat(of(4000, new int[] {0, 0}, Small.part(1, 1), Small.cpuOnly(1)))
                .isZero();
    }

    @Test
    void leavesOutTheRarestTwentiethOfThePods() {
        Pod[] pods = new Pod[40];
        for (int i = 0; i < pods.length; i++) {
            pods[i] = i < 38 ? Small.part(1, 300) : Small.whole(1, 8);
        }

        Popularity target = Popularity.target(List.of(pods));

        assertThat(target.entries()).containsExactly(new Popularity.Entry(pods[0].kind(), 38));
        assertThat(target.shares()).containsExactly(1);
        assertThat(Popularity.whole(List.of(pods)).entries()).hasSize(2);
    }

    @Test
    void ordersEquallyPopularClassesByWhatTheyAskFor() {
        Popularity whole = Popularity.whole(List.of(
                Small.part(1, 300), Small.part(2, 100), Small.whole(1, 1), Small.only("T4", Small.part(1, 300))));

        assertThat(whole.entries().stream().map(entry -> entry.pod().cpuMilli()))
                .containsExactly(2000, 1000, 1000, 1000);
        assertThat(whole.entries().stream().map(entry -> entry.pod().gpuMilli()))
                .containsExactly(100, 1000, 300, 300);
        assertThat(whole.entries().get(2).pod().spec()).isEqualTo("T4");
    }
}
