package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.pod;
import static dev.berth.k8s.simulated.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that was saved goes on from its file as if nothing had been. */
class CheckpointTest {
    private static final NodeShape NODE = new NodeShape("n1", 8000, 64 * 1024, 2, "A100", 80_000, "");
    private static final long START = 1_000_000;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final VirtualClock clock = new VirtualClock(START);
    private final SimulatedCluster before = new SimulatedCluster("test", vertx, clock);
    private Path file;

    @BeforeEach
    void aClusterWithARunningPod() {
        file = directory.resolve("cluster.json.gz");
        SimulatedKubelets.start(before, new KubeletBehaviour(1000, 0, 0, 1));
        await(SimulatedNodes.create(before, List.of(NODE)).map(true));
        Pod pod = pod("ns", "p");
        pod.getMetadata().setAnnotations(Map.of(Labels.SIMULATED_RUN_MILLIS, "60000"));
        await(before.create(pod));
        await(before.bind(ObjectKey.of(pod), "n1", Map.of()).map(true));
        clock.advanceTo(START + 11_000);
    }

    @AfterEach
    void close() {
        await(vertx.close().map(true));
    }

    @Test
    void objectsComeBackWithTheirUidsAndVersions() throws IOException {
        before.save(file);
        SimulatedCluster after = new SimulatedCluster("test", vertx, clock);
        after.restore(file);

        assertThat(after.list(Pod.class)).isEqualTo(before.list(Pod.class));
        assertThat(after.list(Node.class)).isEqualTo(before.list(Node.class));
        assertThat(after.writes()).isEqualTo(before.writes());
    }

    @Test
    void aRunningPodRunsForTheRestOfItsTimeOnly() throws IOException {
        before.save(file);
        VirtualClock later = new VirtualClock(clock.nowMillis());
        SimulatedCluster after = new SimulatedCluster("test", vertx, later);
        after.restore(file);
        SimulatedKubelets.start(after, new KubeletBehaviour(1000, 0, 0, 1));

        assertThat(later.nextEventMillis()).hasValue(START + 61_000);
        later.advanceTo(START + 61_000);
        assertThat(after.list(Pod.class).get(0).getStatus().getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        before.save(file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        SimulatedCluster after = new SimulatedCluster("test", vertx, clock);
        assertThatThrownBy(() -> after.restore(file)).isInstanceOf(IOException.class);
        assertThat(after.list(Pod.class)).isEmpty();
    }
}
