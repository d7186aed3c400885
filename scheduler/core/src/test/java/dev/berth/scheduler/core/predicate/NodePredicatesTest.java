package dev.berth.scheduler.core.predicate;

import static dev.berth.scheduler.core.predicate.Facts.admitting;
import static dev.berth.scheduler.core.predicate.Facts.inZones;
import static dev.berth.scheduler.core.predicate.Facts.node;
import static dev.berth.scheduler.core.predicate.Facts.pod;
import static dev.berth.scheduler.core.predicate.Facts.population;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.predicate.Requirement.Operator;
import dev.berth.scheduler.core.predicate.Taint.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one node and one pod decide between them. */
class NodePredicatesTest {
    @Test
    void aTaintKeepsAwayWhoDoesNotTolerateIt() {
        Population population = population(List.of(
                node("free", Map.of()),
                node("kept", Map.of(), new Taint("gpu", "a", Effect.KEEP_AWAY)),
                node("rough", Map.of(), new Taint("gpu", "a", Effect.DRIVE_OUT)),
                node("liked", Map.of(), new Taint("gpu", "a", Effect.PREFER))));
        Toleration ofValue = new Toleration("gpu", false, "a", Optional.of(Effect.KEEP_AWAY));
        Toleration ofAll = new Toleration("", true, "", Optional.empty());

        assertThat(admitting(population, pod("x").build())).containsExactly("free", "liked");
        assertThat(admitting(population, pod("x").tolerations(List.of(ofValue)).build()))
                .containsExactly("free", "kept", "liked");
        assertThat(admitting(population, pod("x").tolerations(List.of(ofAll)).build()))
                .hasSize(4);
        assertThat(population.constraints(pod("x").build()).check(1))
                .isEqualTo(new Verdict.Tainted(new Taint("gpu", "a", Effect.KEEP_AWAY)));
    }

    @Test
    void aCordonedNodeTakesOnlyWhoTolerateCordons() {
        NodeFacts cordoned = new NodeFacts("n", Map.of(), List.of(), true, Map.of("pods", 1L), Map.of(), Map.of());
        Toleration cordons = new Toleration("node.kubernetes.io/unschedulable", true, "", Optional.empty());

        assertThat(population(List.of(cordoned)).constraints(pod("x").build()).check(0))
                .isEqualTo(new Verdict.Cordoned());
        assertThat(admitting(
                        population(List.of(cordoned)),
                        pod("x").tolerations(List.of(cordons)).build()))
                .containsExactly("n");
    }

    @Test
    void aPinLeavesOneNode() {
        assertThat(admitting(population(inZones("a", "b")), pod("x").pin("n1").build()))
                .containsExactly("n1");
    }

    @Test
    void selectorAndOneTermOfTheAffinityMustMatch() {
        Population population = population(List.of(
                node("old", Map.of("disk", "ssd", "generation", "3")),
                node("new", Map.of("disk", "ssd", "generation", "7")),
                node("odd", Map.of("disk", "ssd", "generation", "x")),
                node("slow", Map.of("disk", "hdd", "generation", "9"))));
        Requirement newer = new Requirement("generation", Operator.GREATER, Set.of("5"));
        Requirement named = Requirement.is("metadata.name", "old");
        List<NodeTerm> terms = List.of(
                new NodeTerm(List.of(newer), List.of()),
                new NodeTerm(List.of(), List.of(named)),
                new NodeTerm(List.of(), List.of()));
        NodeRule rule = new NodeRule(List.of(Requirement.is("disk", "ssd")), Optional.of(terms));

        assertThat(admitting(population, pod("x").nodes(rule).build())).containsExactly("old", "new");
    }

    @Test
    void eachOperatorKnowsWhatAMissingLabelMeans() {
        Map<String, String> none = Map.of();
        Map<String, String> some = Map.of("k", "1");

        assertThat(new Requirement("k", Operator.NOT_IN, Set.of("1")).matches(none))
                .isTrue();
        assertThat(new Requirement("k", Operator.NOT_IN, Set.of("1")).matches(some))
                .isFalse();
        assertThat(new Requirement("k", Operator.IN, Set.of("1")).matches(none)).isFalse();
        assertThat(new Requirement("k", Operator.EXISTS, Set.of()).matches(some))
                .isTrue();
        assertThat(new Requirement("k", Operator.ABSENT, Set.of()).matches(none))
                .isTrue();
        assertThat(new Requirement("k", Operator.LESS, Set.of("2")).matches(some))
                .isTrue();
        assertThat(new Requirement("k", Operator.LESS, Set.of("2")).matches(none))
                .isFalse();
    }

    @Test
    void aPortIsTakenOnAllAddressesOrOnOne() {
        Population population = population(inZones("a"));
        place(population, pod("x").ports(Set.of(new HostPort("10.0.0.1", "TCP", 80))));
        PodFacts everywhere =
                pod("y").ports(Set.of(new HostPort(HostPort.ALL, "TCP", 80))).build();

        assertThat(population.constraints(everywhere).check(0))
                .isEqualTo(new Verdict.PortTaken(new HostPort(HostPort.ALL, "TCP", 80)));
        assertThat(admitting(
                        population,
                        pod("y").ports(Set.of(new HostPort("10.0.0.2", "TCP", 80)))
                                .build()))
                .hasSize(1);
        assertThat(admitting(
                        population,
                        pod("y").ports(Set.of(new HostPort(HostPort.ALL, "UDP", 80)))
                                .build()))
                .hasSize(1);
    }

    @Test
    void aShortageIsToldInNumbers() {
        Population population = population(inZones("a"));
        place(population, pod("x").requests(Map.of("cpu", 3_000L)));

        Verdict verdict = population
                .constraints(
                        pod("y").requests(Map.of("cpu", 2_000L, "fpga", 1L)).build())
                .check(0);

        assertThat(verdict)
                .isEqualTo(new Verdict.Short(List.of(
                        new Verdict.Shortage("cpu", 2_000, 1_000, 4_000), new Verdict.Shortage("fpga", 1, 0, 0))));
        assertThat(((Verdict.Refused) verdict).detail())
                .isEqualTo("are short of cpu (2000 asked, 1000 of 4000 free) and fpga (1 asked, 0 of 0 free)");
    }

    @Test
    void whoAsksForNothingNeedsOnlyAPlaceAmongThePods() {
        Population population = population(inZones("a"));
        place(population, pod("x").requests(Map.of("cpu", 9_000L)));
        assertThat(admitting(population, pod("y").build())).hasSize(1);

        for (int i = 0; i < 9; i++) {
            place(population, pod("x"));
        }

        assertThat(population.constraints(pod("y").build()).check(0))
                .isEqualTo(new Verdict.Short(List.of(new Verdict.Shortage("pods", 1, 0, 10))));
    }

    @Test
    void aGatedPodFitsNowhereAndSaysWhichGate() {
        Survey survey = population(inZones("a", "b"))
                .constraints(pod("x").gates(Set.of("later")).build())
                .survey();

        assertThat(survey.sentence()).isEqualTo("0 of 2 nodes take it: 2 wait for scheduling gates later.");
    }

    private static void place(Population population, PodFacts.Builder pod) {
        population.place(population.constraints(pod.build()), 0);
    }
}
