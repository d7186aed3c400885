package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static Run run(long[] arrived, long[] used) {
        return new Run(1, 100_000, arrived, used, new double[arrived.length], Run.Failures.NONE);
    }

    @Test
    void averagesTheSamplesOfEachPerCentOfLoad() {
        Curve curve = Curve.of(run(new long[] {9_600, 10_400, 20_000}, new long[] {9_000, 10_000, 20_000}));

        assertThat(curve.allocation()[10]).isCloseTo(0.095, within(1e-12));
        assertThat(curve.allocation()[20]).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void roundsHalfALoadToTheEvenOne() {
        Curve curve = Curve.of(run(new long[] {10_500, 11_500}, new long[] {10_000, 20_000}));

        assertThat(curve.allocation()[10]).isCloseTo(0.1, within(1e-12));
        assertThat(curve.allocation()[12]).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void looksAtTheNeighboursOfALoadWithoutSamples() {
        Curve curve = Curve.of(run(new long[] {10_000, 12_000}, new long[] {10_000, 12_000}));

        assertThat(curve.allocation()[11]).isCloseTo(0.11, within(1e-12));
        assertThat(curve.allocation()[14]).isNaN();
    }

    @Test
    void roundsSamplesToAHundredthOfAPerCent() {
        assertThat(Curve.of(run(new long[] {10_000}, new long[] {9_996})).allocation()[10])
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void averagesCurvesPointByPoint() {
        Curve low = Curve.of(run(new long[] {10_000}, new long[] {8_000}));
        Curve high = Curve.of(run(new long[] {10_000}, new long[] {10_000}));

        assertThat(Curve.mean(List.of(low, high)).allocation()[10]).isCloseTo(0.09, within(1e-12));
    }
}
