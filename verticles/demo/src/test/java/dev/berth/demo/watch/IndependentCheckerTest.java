package dev.berth.demo.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.simulated.NodeShape;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndependentCheckerTest {
    private final IndependentChecker checker = new IndependentChecker(() -> 1_000);

    @BeforeEach
    void aNodeWithTwoGpus() {
        checker.accept(new Change.Upserted<>(new NodeShape("n", 8_000, 8_192, 2, "T4", 15_360, "").toNode()));
    }

    @Test
    void podsThatFitAreCounted() {
        bound("a", "0", 1000, "1");
        bound("b", "1", 400, null);
        bound("c", "1", 600, null);

        assertThat(checker.overcommitViolations()).isZero();
        assertThat(checker.allocation()).isEqualTo(1.0);
        assertThat(checker.boundAt()).containsKeys("id-a", "id-b", "id-c");
    }

    @Test
    void aGpuThatHoldsMoreThanItselfIsAViolation() {
        bound("a", "0", 600, null);
        bound("b", "0", 600, null);

        assertThat(checker.overcommitViolations()).isEqualTo(1);
        assertThat(checker.examples()).singleElement().asString().contains("GPU 0 of n holds 1200");
    }

    @Test
    void aWholeGpuThatWasNotGivenIsAViolation() {
        bound("a", "", 0, "1");

        assertThat(checker.overcommitViolations()).isEqualTo(1);
    }

    @Test
    void aPodThatChangesItsGpuWasBoundTwice() {
        bound("a", "0", 500, null);
        bound("a", "1", 500, null);

        assertThat(checker.duplicateBindings()).isEqualTo(1);
    }

    @Test
    void whatEndedIsFreeForTheNext() {
        Pod first = bound("a", "0", 1000, "1");
        checker.accept(new Change.Upserted<>(new PodBuilder(first)
                .withNewStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build()));
        bound("b", "0", 1000, "1");

        assertThat(checker.overcommitViolations()).isZero();
        assertThat(checker.allocation()).isEqualTo(0.5);
        assertThat(checker.peakAllocation()).isEqualTo(0.5);
    }

    @Test
    void oneThatWasEvictedMayBeBoundAnew() {
        Pod evicted = bound("a", "0", 500, null);
        checker.accept(new Change.Deleted<>(evicted));
        bound("a", "1", 500, null);

        assertThat(checker.duplicateBindings()).isZero();
        assertThat(checker.takenAway()).isEqualTo(1);
        assertThat(checker.allocation()).isEqualTo(0.25);
    }

    @Test
    void workThatWasDoneIsNotDoneAgain() {
        Pod done = new PodBuilder(bound("a", "0", 500, null))
                .withNewStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build();
        checker.accept(new Change.Upserted<>(done));
        checker.accept(new Change.Deleted<>(done));
        bound("a", "1", 500, null);

        assertThat(checker.duplicateBindings()).isEqualTo(1);
        assertThat(checker.takenAway()).isZero();
    }

    private Pod bound(String name, String gpus, int milli, String wholeGpus) {
        Map<String, Quantity> requests = wholeGpus == null
                ? Map.of("cpu", new Quantity("1"))
                : Map.of("cpu", new Quantity("1"), Labels.GPU_RESOURCE, new Quantity(wholeGpus));
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("berth-p-x")
                .withName(name)
                .withUid("uid-" + name)
                .addToLabels(Labels.WORKLOAD_ID, "id-" + name)
                .addToAnnotations(Labels.ASSIGNED_GPUS, gpus)
                .addToAnnotations(Labels.ASSIGNED_GPU_MILLI, Integer.toString(milli))
                .endMetadata()
                .withNewSpec()
                .withNodeName("n")
                .addNewContainer()
                .withName("main")
                .withNewResources()
                .withRequests(requests)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        checker.accept(new Change.Upserted<>(pod));
        return pod;
    }
}
