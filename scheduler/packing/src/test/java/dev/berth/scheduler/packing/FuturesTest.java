package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FuturesTest {
    private static Futures of(int length, Pod... workload) {
        return new Futures(Popularity.whole(List.of(workload)), 40, length);
    }

    @Test
    void fillsANodeUntilNothingFits() {
        Futures futures = of(50, Small.part(1, 300));

        assertThat(futures.idle("G2", 100_000, new int[] {1000, 1000})).isEqualTo(200);
        assertThat(futures.idle("G2", 100_000, new int[] {299, 599})).isEqualTo(598);
        assertThat(futures.idle("G2", 4000, new int[] {1000, 1000})).isEqualTo(800);
        assertThat(futures.idle("G2", 100_000, new int[] {0, 0})).isZero();
    }

    @Test
    void offersNoMorePodsThanTheSequenceHas() {
        assertThat(of(3, Small.part(1, 100)).idle("G2", 100_000, new int[] {1000}))
                .isEqualTo(700);
        assertThat(of(70, Small.part(1, 10)).idle("G2", 100_000, new int[] {1000}))
                .isEqualTo(300);
    }

    @Test
    void takesTheTightestGpusThatFit() {
        // On the tight GPU one of 400 fits, on the idle one two: together 1200. Wasting the idle one would end at 800.
        assertThat(of(50, Small.part(1, 400)).idle("G2", 100_000, new int[] {500, 1000}))
                .isEqualTo(300);
    }

    @Test
    void takesPodsOfSeveralGpusOnIdleOnes() {
        assertThat(of(50, Small.whole(1, 2)).idle("G2", 100_000, new int[] {0, 900, 1000, 1000, 1000}))
                .isEqualTo(1900);
    }

    @Test
    void offersOnlyWhatTheModelIsAdmittedFor() {
        Pod t4 = Small.only("T4", Small.part(1, 500));

        assertThat(of(50, t4).idle("G2", 100_000, new int[] {1000})).isEqualTo(1000);
        assertThat(of(50, t4).idle("T4", 100_000, new int[] {1000})).isZero();
    }

    @Test
    void leavesOutPodsWithoutGpu() {
        assertThat(of(50, Small.cpuOnly(4), Small.part(1, 500)).idle("G2", 2000, new int[] {1000}))
                .isZero();
        assertThat(of(50, Small.cpuOnly(4)).idle("G2", 2000, new int[] {1000})).isEqualTo(1000);
    }

    @Test
    void meetsEachClassAsOftenAsItsShareSays() {
        // One offer, and one GPU: in a quarter of the sequences 1000 is taken, in the others 200.
        Futures futures = of(1, Small.whole(1, 1), Small.part(1, 200), Small.part(1, 200), Small.part(1, 200));

        assertThat(futures.idle("G2", 100_000, new int[] {1000})).isCloseTo(600, within(20.0));
    }

    @Test
    void saysTheSameEachTime() {
        Pod[] workload = {Small.whole(1, 1), Small.part(1, 200), Small.part(2, 350), Small.whole(4, 2)};

        assertThat(of(100, workload).idle("G2", 20_000, new int[] {400, 700, 1000, 1000}))
                .isEqualTo(of(100, workload).idle("G2", 20_000, new int[] {400, 700, 1000, 1000}));
    }
}
