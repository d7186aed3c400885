package dev.berth.k8s.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A clock that only its owner moves. */
class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock(100);
    private final List<String> ran = new ArrayList<>();

    @Test
    void actionsRunInOrderOfTimeAndThenOfScheduling() {
        clock.schedule(20, () -> ran.add("b@" + clock.nowMillis()));
        clock.schedule(10, () -> ran.add("a@" + clock.nowMillis()));
        clock.schedule(20, () -> ran.add("c@" + clock.nowMillis()));
        assertThat(clock.nextEventMillis()).hasValue(110);
        assertThat(clock.advanceTo(120)).isEqualTo(3);
        assertThat(ran).containsExactly("a@110", "b@120", "c@120");
        assertThat(clock.nextEventMillis()).isEmpty();
    }

    @Test
    void whatAnActionSchedulesRunsInTheSameMoveWhenItIsDue() {
        clock.schedule(10, () -> clock.schedule(5, () -> ran.add("inner@" + clock.nowMillis())));
        clock.advanceTo(115);
        assertThat(ran).containsExactly("inner@115");
    }

    @Test
    void whatIsNotDueWaits() {
        clock.schedule(10, () -> ran.add("a"));
        assertThat(clock.advanceTo(109)).isZero();
        assertThat(clock.nowMillis()).isEqualTo(109);
        assertThat(ran).isEmpty();
    }
}
