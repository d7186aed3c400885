package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A device that is held counts once: by its sharers, or whole while it has none. */
class ReservedDevicesTest {
    private static final String ID = "berth-reservation/gpu-1";

    private final ClusterState state = new ClusterState();
    private final ReservedDevices reserved = new ReservedDevices(state);
    private final Task sharer = Task.pending("ns/a", "", 0, Request.of(0, 0, new GpuRequest.Fraction(1, 500)))
            .running(new Spot("node-1", List.of(3), 500));

    @Test
    void withoutASharerItIsTakenWhole() {
        reserved.tell(ID, reservation("Running"));
        reserved.settle(List.of());
        assertThat(taken()).isEqualTo(new Spot("node-1", List.of(3), 1_000));
    }

    @Test
    void withASharerOnlyThePartsCount() {
        reserved.tell(ID, reservation("Running"));
        reserved.settle(List.of(sharer));
        assertThat(taken().devices()).isEmpty();
        reserved.settle(List.of());
        assertThat(taken().devices()).containsExactly(3);
    }

    @Test
    void oneThatGotNoDeviceOrIsGoneTakesNone() {
        reserved.tell(ID, reservation("Running"));
        reserved.settle(List.of());
        reserved.tell(ID, reservation("Failed"));
        assertThat(state.task(ID)).isNull();
        assertThat(reserved.remove(ID)).isFalse();
    }

    private Spot taken() {
        return Objects.requireNonNull(Objects.requireNonNull(state.task(ID)).spot());
    }

    private static Pod reservation(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(Labels.RESERVATION_NAMESPACE)
                .withName("gpu-1")
                .addToLabels(Labels.RESERVED_GPU, "3")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
