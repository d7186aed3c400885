package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.queue.Claim;
import dev.berth.scheduler.core.queue.FairShare;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
    @Test
    void quotasAreServedEvenWhenTheyAreMoreThanThereIs() {
        Claim a = claim("a", 100, new Amount(6, -1, 1), 10);
        Claim b = claim("b", 100, new Amount(6, -1, 1), 10);

        double left = FairShare.divide(List.of(a, b), 8, 1, 1);

        assertThat(List.of(a.fairShare, b.fairShare, left)).containsExactly(6.0, 6.0, 0.0);
    }

    @Test
    void whatIsLeftGoesByWeightInWholeUnits() {
        Claim a = claim("a", 100, new Amount(0, -1, 3), 100);
        Claim b = claim("b", 100, new Amount(0, -1, 1), 100);

        FairShare.divide(List.of(a, b), 10, 1, 1);

        assertThat(a.fairShare).isEqualTo(8.0);
        assertThat(b.fairShare).isEqualTo(2.0);
    }

    @Test
    void higherPriorityIsSatisfiedFirst() {
        Claim high = claim("high", 200, new Amount(0, -1, 1), 7);
        Claim low = claim("low", 100, new Amount(0, -1, 100), 7);

        FairShare.divide(List.of(high, low), 10, 1, 1);

        assertThat(high.fairShare).isEqualTo(7.0);
        assertThat(low.fairShare).isEqualTo(3.0);
    }

    @Test
    void noWeightMeansNothingBeyondQuota() {
        Claim none = claim("none", 100, new Amount(2, -1, 0), 10);

        double left = FairShare.divide(List.of(none), 10, 1, 1);

        assertThat(none.fairShare).isEqualTo(2.0);
        assertThat(left).isEqualTo(8.0);
    }

    @Test
    void limitsHold() {
        Claim limited = claim("limited", 100, new Amount(2, 4, 1), 10);
        Claim other = claim("other", 100, new Amount(0, -1, 1), 10);

        FairShare.divide(List.of(limited, other), 10, 1, 1);

        assertThat(limited.fairShare).isEqualTo(4.0);
        assertThat(other.fairShare).isEqualTo(6.0);
    }

    @Test
    void whoUsedMoreInThePastGetsLess() {
        Claim heavy = new Claim("heavy", 100, 0, new Amount(0, -1, 1), 10, 0.5);
        Claim light = new Claim("light", 100, 1, new Amount(0, -1, 1), 10, 0);

        FairShare.divide(List.of(heavy, light), 9, 1, 1);

        assertThat(heavy.fairShare).isEqualTo(3.0);
        assertThat(light.fairShare).isEqualTo(6.0);
    }

    private static Claim claim(String id, int priority, Amount amount, double request) {
        return new Claim(id, priority, 0, amount, request);
    }
}
