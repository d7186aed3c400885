package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many pods a second one scheduler binds on 1,213 nodes of a production trace's shape. The figures are printed and
 * not asserted, as the machine is shared.
 */
@Tag("benchmark")
class ThroughputTest {
    private static final String NODES =
            "549x8:G2:24000,404x2:T4:16000,39x8:G3:80000,134x2:P100:16000,30x8:V100M32:32000,57x4:V100M16:16000";

    /** Arrivals that outrun the scheduler; a steady pace; more than the cluster holds, so that many wait; with an operator. */
    @ParameterizedTest
    @CsvSource({"8000, 4000, 1, false", "4000, 400, 1, false", "8000, 1000, 8, false", "4000, 400, 1, true"})
    void thousandsOfShortPodsAreBound(int pods, int perSecond, int gpus, boolean asWorkloads) {
        try (Story story = Story.onTheWall(NODES)) {
            story.with("minCycleMillis", 50);
            story.project("vision", new Amount(2_000_000, Amount.UNLIMITED, 2));
            story.project("speech", new Amount(1_000_000, Amount.UNLIMITED, 1));
            story.scheduler();
            if (asWorkloads) {
                story.operator();
            }
            story.await("it leads", () -> story.leaders() == 1);

            Throughput.Load load = new Throughput.Load(pods, perSecond, 4_000, gpus, asWorkloads);
            System.out.println(new Throughput(story, load).measure());

            assertThat(story.kubelets.rejected()).isZero();
        }
    }
}
