package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against numbers that every Go program of before 1.20 printed that never seeded its generator. */
class GoRandomTest {
    @Test
    void drawsWhatGoDrawsFromSeedOne() {
        GoRandom random = new GoRandom(1);

        assertThat(random.next63()).isEqualTo(5_577_006_791_947_779_410L);
        assertThat(random.next63()).isEqualTo(8_674_665_223_082_153_551L);
        assertThat(random.next63()).isEqualTo(6_129_484_611_666_145_821L);
        assertThat(random.next63()).isEqualTo(4_037_200_794_235_010_051L);
    }

    @Test
    void drawsTheSameBoundedNumbers() {
        GoRandom random = new GoRandom(1);

        assertThat(IntStream.range(0, 10).map(i -> random.below(100)))
                .containsExactly(81, 87, 47, 59, 81, 18, 25, 40, 56, 0);
    }

    @Test
    void takesZeroAndNegativeSeeds() {
        assertThat(new GoRandom(0).next63()).isNotEqualTo(new GoRandom(1).next63());
        assertThat(new GoRandom(-5).next63()).isNotNegative();
    }

    @Test
    void keepsAllItemsWhenItShuffles() {
        int[] items = IntStream.range(0, 1000).toArray();
        new GoRandom(3).shuffle(items);

        assertThat(items).containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
        assertThat(items).isNotEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(new GoRandom(3).permutation(1000))
                .containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
    }

    @Test
    void refusesABoundOfNothing() {
        assertThatThrownBy(() -> new GoRandom(1).below(0)).hasMessageContaining("bound of 1 or more");
    }
}
