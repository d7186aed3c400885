package dev.berth.scheduler.verticle.kubernetes;

import static dev.berth.scheduler.verticle.kubernetes.Draw.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.predicate.HostPort;
import dev.berth.scheduler.core.predicate.PodFacts;
import dev.berth.scheduler.core.predicate.Requirement;
import dev.berth.scheduler.core.predicate.Requirement.Operator;
import dev.berth.scheduler.core.predicate.Selector;
import dev.berth.scheduler.core.predicate.Taint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Objects as no API server has completed them yet, and sums that are easily got wrong. */
class FactsReadingTest {
    @Test
    void initContainersRunOneAfterTheOtherBesideTheSidecarsThatStartedBefore() {
        Map<String, Object> sidecar = container("sidecar", "500m", "1Gi");
        sidecar.put("restartPolicy", "Always");
        Map<String, Object> spec = map(
                "containers", List.of(container("a", "1", "1Gi"), container("b", "1", "1Gi")),
                "initContainers",
                        List.of(container("early", "2400m", "1Gi"), sidecar, container("late", "2200m", "5Gi")),
                "overhead", map("cpu", "100m"));

        // Starting takes at most 0.5 + 2.2 cores and 1 + 5 GiB; running takes 2.5 cores and 3 GiB.
        assertThat(read(spec).requests()).isEqualTo(Map.of("cpu", 2_800L, "memory", 6L << 30));
    }

    @Test
    void fractionsAreSummedBeforeTheyAreRoundedUp() {
        Map<String, Object> spec =
                map("containers", List.of(container("a", "0.0004", "0"), container("b", "0.0004", "1500m")));

        assertThat(read(spec).requests()).isEqualTo(Map.of("cpu", 1L, "memory", 2L));
    }

    @Test
    void aPodThatIsBeingResizedHoldsWhatItHad() {
        Map<String, Object> status = map(
                "containerStatuses",
                List.of(map("name", "a", "resources", map("requests", map("cpu", "3", "memory", "1Gi")))));
        Pod pod = Draw.object(
                Pod.class,
                map(
                        "metadata", map("name", "p", "namespace", "red"),
                        "spec", map("nodeName", "n", "containers", List.of(container("a", "1", "2Gi"))),
                        "status", status));

        assertThat(PodFactsReading.read(pod, Storage.NONE).requests())
                .isEqualTo(Map.of("cpu", 3_000L, "memory", 2L << 30));
    }

    @Test
    void whatThePodAsksForAsAWholeGoesBeforeItsContainers() {
        Map<String, Object> spec =
                map("containers", List.of(container("a", "1", "1Gi")), "resources", map("requests", map("cpu", "4")));

        assertThat(read(spec).requests()).isEqualTo(Map.of("cpu", 4_000L, "memory", 1L << 30));
    }

    @Test
    void labelsOfThePodItselfAreReadIntoItsTermsOnce() {
        Map<String, Object> term = map(
                "topologyKey", "zone",
                "labelSelector", map("matchLabels", map("app", "a")),
                "matchLabelKeys", List.of("version", "missing"));
        Map<String, Object> spec = map(
                "containers",
                List.of(container("a", "1", "1Gi")),
                "affinity",
                map("podAffinity", map("requiredDuringSchedulingIgnoredDuringExecution", List.of(term))));

        assertThat(read(spec).beside()).singleElement().satisfies(read -> {
            assertThat(read.pods())
                    .isEqualTo(Selector.all(List.of(Requirement.is("app", "a"), Requirement.is("version", "2"))));
            assertThat(read.namespaces()).containsExactly("red");
        });
    }

    @Test
    void onlyContainersThatStayNeedTheirPorts() {
        Map<String, Object> before = map("name", "before", "ports", List.of(map("containerPort", 1, "hostPort", 1)));
        Map<String, Object> main = map("name", "main", "ports", List.of(map("containerPort", 2, "hostPort", 2)));

        assertThat(read(map("initContainers", List.of(before), "containers", List.of(main)))
                        .ports())
                .containsExactly(new HostPort(HostPort.ALL, "TCP", 2));
    }

    @Test
    void aNodeThatIsNotReadyHasTheTaintThatItIsAboutToGet() {
        List<Object> conditions =
                List.of(map("type", "Ready", "status", "False"), map("type", "DiskPressure", "status", "True"));
        Node node = Draw.object(Node.class, map("metadata", map("name", "n"), "status", map("conditions", conditions)));

        assertThat(NodeFactsReading.read(node, Storage.NONE).taints())
                .containsExactly(
                        new Taint("node.kubernetes.io/not-ready", "", Taint.Effect.KEEP_AWAY),
                        new Taint("node.kubernetes.io/disk-pressure", "", Taint.Effect.KEEP_AWAY));
    }

    @Test
    void anOperatorThatIsNotKnownMatchesNothing() {
        Map<String, Object> expression = map("key", "disk", "operator", "Resembles", "values", List.of("ssd"));
        Map<String, Object> spec = map(
                "containers",
                List.of(container("a", "1", "1Gi")),
                "affinity",
                map(
                        "nodeAffinity",
                        map(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                map("nodeSelectorTerms", List.of(map("matchExpressions", List.of(expression)))))));

        assertThat(read(spec).nodes().affinity().orElseThrow().get(0).labels())
                .containsExactly(new Requirement("disk", Operator.IN, Set.of()));
    }

    private static Map<String, Object> container(String name, String cpu, String memory) {
        return map("name", name, "resources", map("requests", map("cpu", cpu, "memory", memory)));
    }

    private static PodFacts read(Map<String, Object> spec) {
        Map<String, Object> metadata = map("name", "p", "namespace", "red", "labels", map("app", "a", "version", "2"));
        return PodFactsReading.read(Draw.object(Pod.class, map("metadata", metadata, "spec", spec)), Storage.NONE);
    }
}
