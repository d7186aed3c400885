package dev.berth.scheduler.core.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FuturesTest {
    @SafeVarargs
    private static Futures<String> of(int length, Demand.Arrival<String>... work) {
        return new Futures<>(new Demand<>(List.of(work)), 40, length);
    }

    private static Demand.Arrival<String> part(int cores, int milli) {
        return new Demand.Arrival<>(cores * 1000, 1, model -> milli, 1);
    }

    private static Demand.Arrival<String> whole(int cores, int devices) {
        return new Demand.Arrival<>(cores * 1000, devices, model -> 1000, 1);
    }

    @Test
    void fillsANodeUntilNothingFits() {
        Futures<String> futures = of(50, part(1, 300));

        assertThat(futures.idle("G2", 100_000, new int[] {1000, 1000})).isEqualTo(200);
        assertThat(futures.idle("G2", 100_000, new int[] {299, 599})).isEqualTo(598);
        assertThat(futures.idle("G2", 4000, new int[] {1000, 1000})).isEqualTo(800);
        assertThat(futures.idle("G2", 100_000, new int[] {0, 0})).isZero();
    }

    @Test
    void offersNoMorePodsThanTheSequenceHas() {
        assertThat(of(3, part(1, 100)).idle("G2", 100_000, new int[] {1000})).isEqualTo(700);
        assertThat(of(70, part(1, 10)).idle("G2", 100_000, new int[] {1000})).isEqualTo(300);
    }

    @Test
    void takesTheTightestGpusThatFit() {
        // On the tight GPU one of 400 fits, on the idle one two: together 1200. Wasting the idle one would end at 800.
        assertThat(of(50, part(1, 400)).idle("G2", 100_000, new int[] {500, 1000}))
                .isEqualTo(300);
    }

    @Test
    void takesPodsOfSeveralGpusOnIdleOnes() {
        assertThat(of(50, whole(1, 2)).idle("G2", 100_000, new int[] {0, 900, 1000, 1000, 1000}))
                .isEqualTo(1900);
    }

    @Test
    void offersOnlyWhatTheModelIsAdmittedFor() {
        Demand.Arrival<String> t4 = new Demand.Arrival<>(1000, 1, model -> model.equals("T4") ? 500 : 0, 1);

        assertThat(of(50, t4).idle("G2", 100_000, new int[] {1000})).isEqualTo(1000);
        assertThat(of(50, t4).idle("T4", 100_000, new int[] {1000})).isZero();
    }

    @Test
    void leavesOutPodsWithoutGpu() {
        assertThat(of(50, new Demand.Arrival<String>(4000, 0, model -> 0, 1), part(1, 500))
                        .idle("G2", 2000, new int[] {1000}))
                .isZero();
        assertThat(of(50, new Demand.Arrival<String>(4000, 0, model -> 0, 1)).idle("G2", 2000, new int[] {1000}))
                .isEqualTo(1000);
    }

    @Test
    void meetsEachClassAsOftenAsItsShareSays() {
        // One offer, and one GPU: in a quarter of the sequences 1000 is taken, in the others 200.
        Futures<String> futures = of(1, whole(1, 1), new Demand.Arrival<>(1000, 1, model -> 200, 3));

        assertThat(futures.idle("G2", 100_000, new int[] {1000})).isCloseTo(600, within(20.0));
    }

    @Test
    void saysTheSameEachTime() {
        int[] gpus = {400, 700, 1000, 1000};

        assertThat(of(100, whole(1, 1), part(1, 200), part(2, 350), whole(4, 2)).idle("G2", 20_000, gpus))
                .isEqualTo(of(100, whole(1, 1), part(1, 200), part(2, 350), whole(4, 2))
                        .idle("G2", 20_000, gpus));
    }
}
