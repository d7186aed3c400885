package dev.berth.scheduler.core.predicate;

import static dev.berth.scheduler.core.predicate.Facts.ZONE;
import static dev.berth.scheduler.core.predicate.Facts.admitting;
import static dev.berth.scheduler.core.predicate.Facts.inZones;
import static dev.berth.scheduler.core.predicate.Facts.pod;
import static dev.berth.scheduler.core.predicate.Facts.population;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What volumes ask of nodes. */
class VolumePredicatesTest {
    @Test
    void aVolumeIsReachedFromSomeNodesOnly() {
        NodeTerm zone = new NodeTerm(List.of(Requirement.is(ZONE, "a")), List.of());
        Volumes local = places(new Volumes.Place("disk-1", Optional.of(List.of(zone)), Map.of()));
        Population population = population(inZones("a", "b"));

        assertThat(admitting(population, pod("x").volumes(local).build())).containsExactly("n0");
        assertThat(population.constraints(pod("x").volumes(local).build()).check(1))
                .isEqualTo(new Verdict.VolumeElsewhere("disk-1"));
    }

    @Test
    void aZoneOfAVolumeMeansNothingToANodeWithoutZones() {
        String old = "failure-domain.beta.kubernetes.io/zone";
        Volumes zoned = places(new Volumes.Place("disk-1", Optional.empty(), Map.of(old, Set.of("a", "c"))));

        assertThat(admitting(
                        population(inZones("a", "b", "")),
                        pod("x").volumes(zoned).build()))
                .containsExactly("n0", "n2");
    }

    @Test
    void aVolumeThatIsThereAlreadyNeedsNoFurtherPlaceToAttach() {
        NodeFacts node = new NodeFacts(
                "n", Map.of(), List.of(), false, Map.of("pods", 9L), Map.of("csi", 2L), Map.of("csi/idle", "csi"));
        Population population = population(List.of(node));
        population.place(
                population.constraints(pod("x").volumes(attached("csi/1")).build()), 0);

        assertThat(admitting(population, pod("y").volumes(attached("csi/1")).build()))
                .hasSize(1);
        assertThat(population
                        .constraints(pod("y").volumes(attached("csi/2")).build())
                        .check(0))
                .isEqualTo(new Verdict.TooManyVolumes("csi", 2, 1, 2));
    }

    @Test
    void aClaimForOnePodIsRefusedToTheNextOnEveryNode() {
        Volumes mine = new Volumes(Map.of(), Set.of("red/c"), Set.of("red/c"), Map.of(), List.of(), List.of());
        Population population = population(inZones("a", "b"));
        Constraints pod = population.constraints(pod("x").volumes(mine).build());
        population.place(pod, 0);

        assertThat(pod.survey().sentence())
                .isEqualTo("0 of 2 nodes take it: 2 cannot have volume claim red/c, which another pod has for itself.");
        population.remove(pod, 0);
        assertThat(pod.survey().admitting()).isEqualTo(2);
    }

    @Test
    void aDiskIsSharedByReadersOnly() {
        Population population = population(inZones("a"));
        population.place(population.constraints(pod("x").volumes(disk(true)).build()), 0);

        assertThat(admitting(population, pod("y").volumes(disk(true)).build())).hasSize(1);
        assertThat(population.constraints(pod("y").volumes(disk(false)).build()).check(0))
                .isEqualTo(new Verdict.DiskInUse("d"));
    }

    @Test
    void aClaimThatIsNotReadyKeepsThePodFromAllNodes() {
        Volumes missing = new Volumes(
                Map.of("red/c", "does not exist"), Set.of("red/c"), Set.of(), Map.of(), List.of(), List.of());

        assertThat(population(inZones("a"))
                        .constraints(pod("x").volumes(missing).build())
                        .check(0))
                .isEqualTo(new Verdict.Unready("red/c", "does not exist"));
    }

    private static Volumes places(Volumes.Place place) {
        return new Volumes(Map.of(), Set.of(), Set.of(), Map.of(), List.of(place), List.of());
    }

    private static Volumes attached(String volume) {
        return new Volumes(Map.of(), Set.of(), Set.of(), Map.of(volume, "csi"), List.of(), List.of());
    }

    private static Volumes disk(boolean readOnly) {
        return new Volumes(Map.of(), Set.of(), Set.of(), Map.of(), List.of(), List.of(new Volumes.Disk("d", readOnly)));
    }
}
