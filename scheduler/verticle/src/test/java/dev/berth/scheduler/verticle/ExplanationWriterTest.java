package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.VirtualClock;
import dev.berth.model.Explanation;
import dev.berth.model.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ExplanationWriterTest {
    private final Map<String, Explanation> waiting = new TreeMap<>();
    private SimulatedCluster cluster;
    private ExplanationWriter writer;
    private PodGroup behind;

    @BeforeEach
    void begin(Vertx vertx) {
        cluster = new SimulatedCluster("aurora", vertx, new VirtualClock(0));
        writer = new ExplanationWriter(
                cluster,
                id -> behind != null ? behind : id.startsWith("ns/") ? group(id.substring(3)) : null,
                new ExplanationWriter.Limits(2, 100, 1_000),
                new SchedulerMeters("aurora", "scheduler", new SimpleMeterRegistry()));
        for (String name : List.of("a", "b", "c")) {
            PodGroup group = new PodGroup();
            group.setMetadata(
                    new ObjectMetaBuilder().withNamespace("ns").withName(name).build());
            Story.get(cluster.create(group));
        }
    }

    @Test
    void onlyWhoWaitsForAWhileIsExplained() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        assertThat(status("a").reason).isEmpty();

        cycle(100);

        assertThat(status("a").reason).isEqualTo("NoFit");
        assertThat(status("a").message).isEqualTo("No node has 8 GPUs.");
        assertThat(status("a").phase).isEqualTo("Queued");
    }

    @Test
    void theSameWordsAreNotWrittenTwice() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        cycle(100);
        long writes = cluster.writes();

        cycle(5_000);

        assertThat(cluster.writes()).isEqualTo(writes);
    }

    @Test
    void anotherSentenceWaitsItsTimeAndAnotherReasonDoesNot() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        cycle(100);

        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs free.");
        cycle(500);
        assertThat(status("a").message).isEqualTo("No node has 8 GPUs.");
        cycle(1_100);
        assertThat(status("a").message).isEqualTo("No node has 8 GPUs free.");
        waits("ns/a", Reason.OVER_LIMIT, "Over the limit.");
        cycle(1_101);
        assertThat(status("a").reason).isEqualTo("OverLimit");
    }

    @Test
    void aSecondHasItsShareAndTheNextGoesOn() {
        for (String id : List.of("ns/a", "ns/b", "ns/c")) {
            waits(id, Reason.NO_FIT, "No node has 8 GPUs.");
        }
        cycle(0);

        cycle(100);
        assertThat(explained()).isEqualTo(2);
        cycle(200);
        assertThat(explained()).isEqualTo(2);
        cycle(600);
        assertThat(explained()).isEqualTo(3);

        for (String id : List.of("ns/a", "ns/b", "ns/c")) {
            waits(id, Reason.OVER_LIMIT, "Over the limit.");
        }
        cycle(1_100);
        assertThat(status("a").reason).isEqualTo("OverLimit");
        assertThat(status("b").reason).isEqualTo("NoFit");
        cycle(1_600);
        assertThat(status("b").reason).isEqualTo("OverLimit");
        assertThat(status("c").reason).isEqualTo("NoFit");
    }

    @Test
    void whoWasToldNothingYetComesBeforeWhoWasToldWhatIsNoLongerTrue() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        cycle(100);
        waits("ns/b", Reason.NO_FIT, "No node has 8 GPUs.");
        waits("ns/c", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(150);
        waits("ns/a", Reason.OVER_LIMIT, "Over the limit.");

        cycle(250);
        cycle(750);
        assertThat(explained()).isEqualTo(3);
        assertThat(status("a").reason).isEqualTo("NoFit");
        cycle(1_250);

        assertThat(status("a").reason).isEqualTo("OverLimit");
    }

    @Test
    void aWordThatComesAfterTheGroupHasStartedIsTakenBack() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        behind = group("a");
        cycle(100);
        waiting.clear();

        cycle(150);
        behind = null;
        cycle(200);

        assertThat(status("a").reason).isEmpty();
        assertThat(status("a").phase).isEqualTo("Starting");
    }

    @Test
    void whoWaitsNoMoreIsNotExplainedAnyMore() {
        waits("ns/a", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);
        cycle(100);

        waiting.clear();
        cycle(200);

        assertThat(status("a").reason).isEmpty();
        assertThat(status("a").phase).isEqualTo("Starting");
    }

    @Test
    void aGroupThatIsGoneIsForgotten() {
        waits("gone/x", Reason.NO_FIT, "No node has 8 GPUs.");
        cycle(0);

        cycle(100);

        assertThat(explained()).isZero();
    }

    private void waits(String id, Reason reason, String sentence) {
        waiting.put(id, new Explanation(reason, sentence, List.of(), 1, 1, List.of()));
    }

    private void cycle(long now) {
        writer.write(waiting, now);
    }

    private long explained() {
        return List.of("a", "b", "c").stream()
                .filter(name -> !status(name).reason.isEmpty())
                .count();
    }

    private PodGroup group(String name) {
        return Story.get(cluster.get(PodGroup.class, new ObjectKey("ns", name))).orElse(null);
    }

    private PodGroup.Status status(String name) {
        return group(name).getStatus();
    }
}
