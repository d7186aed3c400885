package dev.berth.scheduler.core.predicate;

import static dev.berth.scheduler.core.predicate.Facts.HOST;
import static dev.berth.scheduler.core.predicate.Facts.ZONE;
import static dev.berth.scheduler.core.predicate.Facts.admitting;
import static dev.berth.scheduler.core.predicate.Facts.app;
import static dev.berth.scheduler.core.predicate.Facts.evenly;
import static dev.berth.scheduler.core.predicate.Facts.inZones;
import static dev.berth.scheduler.core.predicate.Facts.pod;
import static dev.berth.scheduler.core.predicate.Facts.population;
import static dev.berth.scheduler.core.predicate.Facts.term;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the pods of all nodes decide. */
class PodPredicatesTest {
    @Test
    void aPodGoesWhereItsCompanyIs() {
        Population population = population(inZones("a", "a", "b", ""));
        PodFacts follower = pod("web").beside(List.of(term("db", ZONE))).build();
        assertThat(admitting(population, follower)).isEmpty();

        place(population, pod("db"), 0);

        assertThat(admitting(population, follower)).containsExactly("n0", "n1");
    }

    @Test
    void theFirstOfAGroupThatWantsItselfMayBeAnywhereWithTheLabel() {
        Population population = population(inZones("a", "b", ""));
        PodFacts.Builder member = pod("ring").beside(List.of(term("ring", ZONE)));
        assertThat(admitting(population, member.build())).containsExactly("n0", "n1");

        place(population, member, 1);

        assertThat(admitting(population, member.build())).containsExactly("n1");
    }

    @Test
    void antiAffinityHoldsInBothDirections() {
        Population population = population(inZones("a", "b", ""));
        PodFacts.Builder shy = pod("shy").apart(List.of(term("loud", ZONE)));
        place(population, pod("loud"), 0);
        place(population, shy, 1);

        assertThat(admitting(population, shy.build())).containsExactly("n1", "n2");
        assertThat(admitting(population, pod("loud").build())).containsExactly("n0", "n2");
        assertThat(population.constraints(pod("loud").build()).check(1)).isEqualTo(new Verdict.Unwanted(ZONE));
        assertThat(population.constraints(shy.build()).check(0)).isEqualTo(new Verdict.TooClose(ZONE));
    }

    @Test
    void aTermReachesNamespacesByNameOrByLabel() {
        Selector team = Selector.all(List.of(Requirement.is("team", "blue")));
        PodTerm own = term("db", HOST);
        PodTerm blue = new PodTerm(app("db"), Set.of(), team, HOST);
        Population population = population(inZones("a", "b"));
        PodFacts inBlue = PodFacts.in("blue").labels(Map.of("app", "db")).build();
        population.place(population.constraints(inBlue), 0);

        assertThat(admitting(population, pod("x").beside(List.of(own)).build())).isEmpty();
        assertThat(admitting(population, pod("x").beside(List.of(blue)).build()))
                .containsExactly("n0");
    }

    @Test
    void podsAreSpreadUpToTheSkew() {
        Population population = population(inZones("a", "b", ""));
        PodFacts.Builder web = pod("web").spread(List.of(evenly("web", 1)));
        place(population, web, 0);

        assertThat(admitting(population, web.build())).containsExactly("n1");
        assertThat(population.constraints(web.build()).check(0)).isEqualTo(new Verdict.Uneven(ZONE, 1, 0, 1));
        assertThat(population.constraints(web.build()).check(2)).isEqualTo(new Verdict.NoDomain(ZONE));
    }

    @Test
    void withTooFewDomainsTheEmptiestCountsAsEmpty() {
        Population population = population(inZones("a", "b"));
        Spread three = new Spread(ZONE, 1, 3, app("web"), true, false);
        PodFacts.Builder web = pod("web").spread(List.of(three));
        place(population, web, 0);
        place(population, web, 1);

        assertThat(admitting(population, web.build())).isEmpty();
        assertThat(admitting(
                        population, pod("web").spread(List.of(evenly("web", 1))).build()))
                .hasSize(2);
    }

    @Test
    void zonesThatAPodCannotEnterDoNotHoldItBackUnlessTheyAreToCount() {
        Population population = population(inZones("a", "b"));
        NodeRule onlyA = new NodeRule(List.of(Requirement.is(ZONE, "a")), Optional.empty());
        Spread all = new Spread(ZONE, 1, 1, app("web"), false, false);
        place(population, pod("web"), 0);

        assertThat(admitting(
                        population,
                        pod("web")
                                .nodes(onlyA)
                                .spread(List.of(evenly("web", 1)))
                                .build()))
                .containsExactly("n0");
        assertThat(admitting(
                        population, pod("web").nodes(onlyA).spread(List.of(all)).build()))
                .isEmpty();
    }

    @Test
    void whoIsLeavingIsNotSpreadAnyMore() {
        Population population = population(inZones("a", "b"));
        place(population, pod("web").leaving(true), 0);

        assertThat(admitting(
                        population, pod("web").spread(List.of(evenly("web", 1))).build()))
                .hasSize(2);
    }

    @Test
    void equalPodsShareOneObjectAndWhatWasNotPlacedCannotBeRemoved() {
        Population population = population(inZones("a"));
        Constraints pod = population.constraints(pod("web").build());

        assertThat(population.constraints(pod("web").build())).isSameAs(pod);
        assertThatThrownBy(() -> population.remove(pod, 0)).hasMessageContaining("Remove only what was placed");
        population.trim();
        assertThat(population.constraints(pod("web").build())).isNotSameAs(pod);
    }

    private static void place(Population population, PodFacts.Builder pod, int node) {
        population.place(population.constraints(pod.build()), node);
    }
}
