package dev.berth.demo.trace;

import static dev.berth.demo.trace.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.demo.trace.Arrivals.Arrival;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final List<TracePod> A_DAY_APART =
            List.of(pod("a", 1, 0, 600), pod("b", 2, 86_400, 600), pod("c", 4, 172_800, 600));

    @Test
    void arrivalsMoveTogetherUntilTheirPeakMeetsTheLoadAndNoFurther() {
        List<Arrival> six = Arrivals.compress(A_DAY_APART, 6_000);

        assertThat(Arrivals.peak(six)).isBetween(6_000L, 7_000L);
        assertThat(six).extracting(arrival -> arrival.pod().name()).containsExactly("a", "b", "c");
        assertThat(six.get(2).atMillis())
                .as("b and c must overlap for 6 GPUs, a and c need not for 7")
                .isBetween(600_000L, 1_200_000L);
    }

    @Test
    void durationsAreKept() {
        assertThat(Arrivals.compress(A_DAY_APART, 7_000))
                .allSatisfy(arrival -> assertThat(arrival.pod().runMillis()).isEqualTo(600_000));
    }

    @Test
    void aLoadThatOnePassCannotReachRepeatsTheListUnderNewNames() {
        List<Arrival> twice = Arrivals.compress(A_DAY_APART, 10_000);

        assertThat(Arrivals.peak(twice)).isGreaterThanOrEqualTo(10_000);
        assertThat(twice)
                .extracting(arrival -> arrival.pod().name())
                .contains("a", "a-1")
                .doesNotHaveDuplicates();
    }

    @Test
    void aPassTakesAsLongAsItIsToldTo() {
        List<Arrival> minute = Arrivals.within(A_DAY_APART, 60_000);

        assertThat(minute.get(0).atMillis()).isZero();
        assertThat(minute.get(2).atMillis()).isEqualTo(60_000);
    }
}
