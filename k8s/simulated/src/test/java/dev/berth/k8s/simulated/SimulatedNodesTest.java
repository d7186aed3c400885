package dev.berth.k8s.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes from the short form of the configuration. */
class SimulatedNodesTest {
    @Test
    void groupsBecomeNodes() {
        List<NodeShape> shapes = SimulatedNodes.parse("2x8:A100:80000@training, 1x0");
        assertThat(shapes).extracting(NodeShape::name).containsExactly("node-0", "node-1", "node-2");
        Node gpu = shapes.get(1).toNode();
        assertThat(gpu.getMetadata().getLabels())
                .containsEntry(Labels.NODE_POOL, "training")
                .containsEntry(Labels.GPU_MODEL, "A100")
                .containsEntry(Labels.GPU_MEMORY, "80000");
        assertThat(PodNeeds.whole(gpu.getStatus().getAllocatable().get(Labels.GPU_RESOURCE)))
                .isEqualTo(8);
        assertThat(PodNeeds.milli(gpu.getStatus().getAllocatable().get("cpu"))).isEqualTo(128_000);
        assertThat(shapes.get(2).toNode().getStatus().getAllocatable()).doesNotContainKey(Labels.GPU_RESOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "2x8", "2x8:A100", "ax8:A100:1", "2x8:A100:80000@Pool", "2x8:A100:80000,"})
    void whatCannotBeReadIsSaid(String groups) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedNodes.parse(groups))
                .withMessageStartingWith("Expected");
    }
}
