package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.pod;
import static dev.berth.k8s.simulated.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kubelets admit by their own books, start after a delay, run as long as told, and let go after a deletion. */
class SimulatedKubeletsTest {
    private static final KubeletBehaviour BEHAVIOUR = new KubeletBehaviour(1000, 0, 2000, 1);
    private static final NodeShape NODE = new NodeShape("n1", 8000, 64 * 1024, 2, "A100", 80_000, "");

    private final Vertx vertx = Vertx.vertx();
    private final VirtualClock clock = new VirtualClock(1_000_000);
    private final SimulatedCluster cluster = new SimulatedCluster("test", vertx, clock);
    private SimulatedKubelets kubelets;

    @BeforeEach
    void oneNode() {
        kubelets = SimulatedKubelets.start(cluster, BEHAVIOUR);
        await(SimulatedNodes.create(cluster, List.of(NODE)).map(true));
    }

    @AfterEach
    void close() {
        await(vertx.close().map(true));
    }

    @Test
    void aBoundPodStartsAfterTheDelayAndEndsAfterItsTime() {
        bind("p", cpu("1"), Map.of(Labels.SIMULATED_RUN_MILLIS, "5000"), Map.of());
        clock.advanceTo(1_000_999);
        assertThat(phase("p")).isEqualTo("Pending");
        clock.advanceTo(1_001_000);
        assertThat(phase("p")).isEqualTo("Running");
        assertThat(clock.nextEventMillis()).hasValue(1_006_000);
        clock.advanceTo(1_006_000);
        assertThat(phase("p")).isEqualTo("Succeeded");
        assertThat(pod1("p")
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated()
                        .getFinishedAt())
                .isEqualTo("1970-01-01T00:16:46Z");
    }

    @Test
    void aPodThatIsToFailFails() {
        bind("p", cpu("1"), Map.of(Labels.SIMULATED_RUN_MILLIS, "0", Labels.SIMULATED_OUTCOME, "failed"), Map.of());
        clock.advanceTo(2_000_000);
        assertThat(phase("p")).isEqualTo("Failed");
        assertThat(kubelets.rejected()).isZero();
    }

    @Test
    void aPodWithoutAnEndRunsUntilItIsDeletedAndGoesAfterItsContainersEnded() {
        bind("p", cpu("1"), Map.of(), Map.of());
        clock.advanceTo(9_000_000);
        assertThat(phase("p")).isEqualTo("Running");
        await(cluster.delete(Pod.class, key("p")).map(true));
        clock.advanceTo(9_001_999);
        assertThat(phase("p")).isEqualTo("Running");
        clock.advanceTo(9_002_000);
        assertThat(await(cluster.get(Pod.class, key("p")))).isEmpty();
    }

    @Test
    void aPodDeletedWhileItStartsNeverRuns() {
        bind("p", cpu("1"), Map.of(), Map.of());
        await(cluster.evict(key("p"), 0).map(true));
        clock.advanceTo(9_000_000);
        assertThat(await(cluster.get(Pod.class, key("p")))).isEmpty();
    }

    @Test
    void aNodeThatIsFullRejectsWhatASchedulerBoundToIt() {
        bind("first", cpu("6"), Map.of(), Map.of());
        bind("second", cpu("3"), Map.of(), Map.of());
        clock.advanceTo(1_000_000);
        assertThat(phase("second")).isEqualTo("Failed");
        assertThat(pod1("second").getStatus().getReason()).isEqualTo("OutOfcpu");
        assertThat(kubelets.rejected()).isEqualTo(1);
    }

    @Test
    void whatEndedIsFreeForTheNext() {
        bind("first", cpu("6"), Map.of(Labels.SIMULATED_RUN_MILLIS, "1000"), Map.of());
        clock.advanceTo(1_002_000);
        bind("second", cpu("6"), Map.of(), Map.of());
        clock.advanceTo(1_003_000);
        assertThat(phase("second")).isEqualTo("Running");
    }

    @Test
    void halvesOfOneDeviceFitAndAThirdIsRejected() {
        Map<String, String> half = Map.of(Labels.GPU_FRACTION_MILLI, "500");
        Map<String, String> device1 = Map.of(Labels.ASSIGNED_GPUS, "1", Labels.ASSIGNED_GPU_MILLI, "500");
        bind("a", cpu("1"), half, device1);
        bind("b", cpu("1"), half, device1);
        bind("c", cpu("1"), half, device1);
        clock.advanceTo(1_001_000);
        assertThat(List.of(phase("a"), phase("b"), phase("c"))).containsExactly("Running", "Running", "Failed");
        assertThat(pod1("c").getStatus().getReason()).isEqualTo("UnexpectedAdmissionError");
    }

    @Test
    void aPartOfADeviceWithoutANamedDeviceIsRejected() {
        bind("a", cpu("1"), Map.of(Labels.GPU_FRACTION_MILLI, "500"), Map.of());
        clock.advanceTo(1_001_000);
        assertThat(pod1("a").getStatus().getReason()).isEqualTo("UnexpectedAdmissionError");
    }

    @Test
    void wholeDevicesMustBeFreeOnesOfTheNode() {
        bind("a", gpus(1), Map.of(), Map.of(Labels.ASSIGNED_GPUS, "0"));
        bind("taken", gpus(1), Map.of(), Map.of(Labels.ASSIGNED_GPUS, "0"));
        bind("none", gpus(1), Map.of(), Map.of(Labels.ASSIGNED_GPUS, "2"));
        bind("twice", gpus(2), Map.of(), Map.of(Labels.ASSIGNED_GPUS, "1,1"));
        bind("unnamed", gpus(1), Map.of(), Map.of());
        bind("fourth", gpus(1), Map.of(), Map.of());
        clock.advanceTo(1_001_000);
        assertThat(List.of(phase("a"), phase("unnamed"))).containsOnly("Running");
        assertThat(List.of(phase("taken"), phase("none"), phase("twice"), phase("fourth")))
                .containsOnly("Failed");
        assertThat(pod1("fourth").getStatus().getReason()).isEqualTo("OutOfnvidia.com/gpu");
    }

    @Test
    void anAnnotationThatIsNoNumberFailsThePod() {
        bind("a", cpu("1"), Map.of(Labels.SIMULATED_RUN_MILLIS, "soon"), Map.of());
        clock.advanceTo(1_001_000);
        assertThat(phase("a")).isEqualTo("Failed");
    }

    private void bind(
            String name, Map<String, Quantity> resources, Map<String, String> wanted, Map<String, String> binding) {
        await(cluster.create(pod("ns", name, resources, wanted)));
        await(cluster.bind(key(name), "n1", binding).map(true));
    }

    private Pod pod1(String name) {
        Optional<Pod> pod = await(cluster.get(Pod.class, key(name)));
        return pod.orElseThrow();
    }

    private String phase(String name) {
        return pod1(name).getStatus().getPhase();
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("ns", name);
    }

    private static Map<String, Quantity> cpu(String cores) {
        return Map.of("cpu", new Quantity(cores), "memory", new Quantity("512Mi"));
    }

    private static Map<String, Quantity> gpus(int count) {
        Map<String, Quantity> resources = new HashMap<>(cpu("1"));
        resources.put(Labels.GPU_RESOURCE, new Quantity(Integer.toString(count)));
        return resources;
    }
}
