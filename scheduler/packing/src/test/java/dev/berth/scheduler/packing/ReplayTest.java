package dev.berth.scheduler.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static Run replay(Trace trace) {
        return new Replay(trace).run(Small.inOrder(trace), PolicyName.BestFit.open(trace, 0));
    }

    @Test
    void countsWhatArrivesAndWhatIsUsed() {
        Trace trace = Small.trace(
                List.of(Small.node(8, 2)),
                Small.part(1, 600),
                Small.part(1, 600),
                Small.whole(1, 1),
                Small.part(1, 400),
                Small.cpuOnly(4));

        Run run = replay(trace);

        assertThat(run.arrived()).containsExactly(600, 1200, 2200, 2600, 2600);
        assertThat(run.used()).containsExactly(600, 1200, 1200, 1600, 1600);
        assertThat(run.allocation()).isEqualTo(0.8);
        assertThat(run.failures()).isEqualTo(new Run.Failures(0, 0, 1, 0, 1.1));
    }

    @Test
    void sortsFailuresByWhatWasAskedFor() {
        Trace trace = Small.trace(
                List.of(Small.node(10, 2)),
                Small.part(8, 100),
                Small.cpuOnly(3),
                Small.part(3, 100),
                Small.whole(3, 1),
                Small.whole(1, 2),
                Small.whole(1, 4));

        assertThat(replay(trace).failures()).isEqualTo(new Run.Failures(1, 1, 1, 2, 0.05));
    }

    @Test
    void knowsNoFirstFailureWhenNothingFails() {
        Run run = replay(Small.trace(List.of(Small.node(8, 1)), Small.part(1, 1000)));

        assertThat(run.failures().all()).isZero();
        assertThat(run.failures().firstLoad()).isNaN();
        assertThat(run.allocation()).isEqualTo(1);
        assertThat(run.fragmentation()).isZero();
    }

    @Test
    void countsNoMoreThanAWholeGpuForEach() {
        Run run = replay(Small.trace(List.of(Small.node(8, 2)), Pod.of(1000, 1, 1, 5000, "")));

        assertThat(run.arrived()).containsExactly(1000);
        assertThat(run.used()).containsExactly(1000);
    }

    @Test
    void ignoresThePartThatACpuOnlyPodNames() {
        Run run = replay(Small.trace(List.of(Small.node(8, 2)), Pod.of(1000, 1, 0, 500, "T4")));

        assertThat(run.arrived()).containsExactly(0);
        assertThat(run.failures().all()).isZero();
    }

    @Test
    void placesOnlyWhereMemoryAndModelFit() {
        NodeShape little = new NodeShape(8000, 10, 1, "T4");
        Trace trace = Small.trace(
                List.of(little),
                Pod.of(1000, 11, 1, 100, ""),
                Small.only("G2|G3", Small.part(1, 100)),
                Small.only("G2|T4", Small.part(1, 100)));

        Run run = replay(trace);

        assertThat(run.failures().shared()).isEqualTo(2);
        assertThat(run.used()).containsExactly(0, 0, 100);
    }

    @Test
    void recordsTheFragmentationOfTheWholeCluster() {
        // All pods are of one class: 600 milli with one core. What is smaller than that is of no use.
        Trace trace = Small.trace(
                List.of(Small.node(8, 2), Small.node(8, 1)),
                Small.part(1, 600),
                Small.part(1, 600),
                Small.part(1, 600));

        Run run = replay(trace);

        assertThat(run.fragmented()).containsExactly(new double[] {400, 800, 1200}, within(1e-9));
        assertThat(run.fragmentation()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void refusesAPolicyThatLeavesRoomIdle() {
        Trace trace = Small.trace(List.of(Small.node(8, 1)), Small.part(1, 600));

        assertThatThrownBy(() -> new Replay(trace).run(Small.inOrder(trace), (cluster, pod) -> null))
                .hasMessageContaining("Expected a place");
    }

    @Test
    void refusesAPolicyThatGivesTheSameTwice() {
        Trace trace = Small.trace(List.of(Small.node(8, 2)), Small.part(1, 600), Small.part(1, 600));

        assertThatThrownBy(() -> new Replay(trace).run(Small.inOrder(trace), (cluster, pod) -> new Placement(0, 1)))
                .hasMessageContaining("has no room");
    }
}
