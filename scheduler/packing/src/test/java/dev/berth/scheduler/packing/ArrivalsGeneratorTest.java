package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsGeneratorTest {
    @Test
    void drawsTheGivenArrivalsOfAllWorkloadsAndSeeds() throws IOException {
        TraceFolder folder = Openb.folder();
        int compared = 0;
        for (String pods : folder.podLists()) {
            Map<Long, Arrivals> given = folder.given(pods);
            Trace trace = given.isEmpty() ? new Trace(List.of(), List.of()) : folder.read(pods);
            for (Arrivals expected : given.values()) {
                Arrivals drawn = ArrivalsGenerator.draw(trace, expected.seed());
                assertThat(Arrays.equals(drawn.pods(), expected.pods()))
                        .as("pods of %s, seed %d", pods, expected.seed())
                        .isTrue();
                assertThat(Arrays.equals(drawn.ranks(), expected.ranks()))
                        .as("ranks of %s, seed %d", pods, expected.seed())
                        .isTrue();
                compared++;
            }
        }
        assertThat(compared).isEqualTo(170);
    }

    @Test
    void repeatsAShortListUntilThirteenTenthsAreAskedFor() {
        Trace trace = Small.trace(List.of(Small.node(8, 8), Small.node(8, 2)), Small.whole(1, 1), Small.cpuOnly(1));

        Arrivals arrivals = ArrivalsGenerator.draw(trace, 5);

        assertThat(asked(trace, arrivals)).isEqualTo(13_000);
        assertThat(Arrays.copyOf(arrivals.pods(), 2)).containsExactlyInAnyOrder(0, 1);
        assertThat(arrivals.ranks()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void takesFromALongListUntilNoMoreThanThirteenTenthsAreAskedFor() {
        Pod[] pods = IntStream.range(0, 40).mapToObj(i -> Small.part(1, 700)).toArray(Pod[]::new);
        Trace trace = Small.trace(List.of(Small.node(8, 8), Small.node(8, 2)), pods);

        Arrivals arrivals = ArrivalsGenerator.draw(trace, 5);

        assertThat(arrivals.pods()).hasSize(18).doesNotHaveDuplicates();
        assertThat(asked(trace, arrivals)).isEqualTo(12_600);
    }

    @Test
    void drawsTheSameFromTheSameSeedOnly() {
        Pod[] pods = IntStream.range(1, 50).mapToObj(i -> Small.part(1, 10 * i)).toArray(Pod[]::new);
        Trace trace = Small.trace(List.of(Small.node(8, 8)), pods);

        assertThat(ArrivalsGenerator.draw(trace, 5).pods())
                .isEqualTo(ArrivalsGenerator.draw(trace, 5).pods());
        assertThat(ArrivalsGenerator.draw(trace, 5).pods())
                .isNotEqualTo(ArrivalsGenerator.draw(trace, 6).pods());
    }

    @Test
    void refusesWhatWouldNeverEnd() {
        Trace noGpuAskedFor = Small.trace(List.of(Small.node(8, 8)), Small.cpuOnly(1));
        Trace noGpuThere = Small.trace(List.of(Small.node(8, 0)), Small.part(1, 100));

        assertThatThrownBy(() -> ArrivalsGenerator.draw(noGpuAskedFor, 1)).hasMessageContaining("ask for GPUs");
        assertThatThrownBy(() -> ArrivalsGenerator.draw(noGpuThere, 1)).hasMessageContaining("nodes with GPUs");
    }

    private static long asked(Trace trace, Arrivals arrivals) {
        return Arrays.stream(arrivals.pods())
                .mapToLong(row -> trace.pods().get(row).kind().totalMilli())
                .sum();
    }
}
