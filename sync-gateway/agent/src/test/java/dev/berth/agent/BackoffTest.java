package dev.berth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** An agent that lost its tunnel is back before anybody notices; one that keeps failing does not become a burden. */
class BackoffTest {
    private static final long MIN = 100;
    private static final long MAX = 60_000;

    @Test
    void theFirstTryIsSoonAndLaterOnesWaitTwiceAsLongEachUpToABound() {
        Backoff slowest = new Backoff(MIN, MAX, () -> 1.0);
        assertThat(LongStream.range(0, 12).map(failure -> slowest.nextMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 51_200L, MAX, MAX);
    }

    @Test
    void manyAgentsDoNotComeAsOne() {
        assertThat(new Backoff(MIN, MAX, () -> 0.0).nextMillis()).isEqualTo(1);
        assertThat(new Backoff(MIN, MAX, () -> 0.5).nextMillis()).isEqualTo(50);
        assertThat(new Backoff(MIN, MAX, () -> 0.25).within(1_000)).isEqualTo(250);
    }

    @Test
    void aSessionMakesTheNextFailureTheFirstAgain() {
        Backoff backoff = new Backoff(MIN, MAX, () -> 1.0);
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.succeeded();
        assertThat(backoff.nextMillis()).isEqualTo(MIN);
    }

    @Test
    void failuresWithoutEndDoNotOverflow() {
        Backoff backoff = new Backoff(MIN, MAX, () -> 1.0);
        assertThat(LongStream.range(0, 200).map(failure -> backoff.nextMillis()).max())
                .hasValue(MAX);
    }
}
