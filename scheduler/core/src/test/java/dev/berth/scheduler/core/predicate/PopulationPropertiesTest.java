package dev.berth.scheduler.core.predicate;

import static dev.berth.scheduler.core.predicate.Facts.HOST;
import static dev.berth.scheduler.core.predicate.Facts.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is placed and taken back: the answers are those of a population that was made anew. */
class PopulationPropertiesTest {
    private static final int NODES = 5;

    /** @param at node of a pod that is placed; one that is taken back comes later */
    record Step(PodFacts pod, int at, boolean takenBack) {}

    @Property(tries = 300)
    void keepingCountGivesTheSameAnswersAsCountingAnew(@ForAll("steps") List<Step> steps) {
        Population kept = population();
        Set<PodFacts> kinds = new LinkedHashSet<>();
        for (Step step : steps) {
            kinds.add(step.pod());
            answers(kept, kinds);
            kept.place(kept.constraints(step.pod()), step.at());
        }
        Population anew = population();
        for (Step step : steps) {
            if (step.takenBack()) {
                kept.remove(kept.constraints(step.pod()), step.at());
            } else {
                anew.place(anew.constraints(step.pod()), step.at());
            }
        }

        assertThat(answers(kept, kinds)).isEqualTo(answers(anew, kinds));
    }

    @Property(tries = 200)
    void takingBackRestoresEveryAnswer(@ForAll("steps") List<Step> before, @ForAll("steps") List<Step> trial) {
        Population population = population();
        Set<PodFacts> kinds = new LinkedHashSet<>();
        before.forEach(step -> kinds.add(step.pod()));
        trial.forEach(step -> kinds.add(step.pod()));
        before.forEach(step -> population.place(population.constraints(step.pod()), step.at()));
        List<Verdict> answers = answers(population, kinds);

        trial.forEach(step -> population.place(population.constraints(step.pod()), step.at()));
        for (int i = trial.size() - 1; i >= 0; i--) {
            population.remove(
                    population.constraints(trial.get(i).pod()), trial.get(i).at());
        }

        assertThat(answers(population, kinds)).isEqualTo(answers);
    }

    @Property(tries = 100)
    void forgettingKindsChangesNoAnswer(@ForAll("steps") List<Step> steps) {
        Population population = population();
        Set<PodFacts> kinds = new LinkedHashSet<>();
        for (Step step : steps) {
            kinds.add(step.pod());
            population.place(population.constraints(step.pod()), step.at());
            if (step.takenBack()) {
                population.remove(population.constraints(step.pod()), step.at());
            }
        }
        List<Verdict> answers = answers(population, kinds);

        population.trim();

        assertThat(answers(population, kinds)).isEqualTo(answers);
    }

    private static Population population() {
        List<NodeFacts> nodes = new ArrayList<>(Facts.inZones("a", "a", "b", "", "c"));
        nodes.set(
                1,
                new NodeFacts(
                        "n1",
                        nodes.get(1).labels(),
                        List.of(),
                        false,
                        Map.of("cpu", 2_000L, "pods", 4L),
                        Map.of("csi", 1L),
                        Map.of()));
        return Facts.population(nodes);
    }

    private static List<Verdict> answers(Population population, Set<PodFacts> kinds) {
        List<Verdict> answers = new ArrayList<>();
        for (PodFacts kind : kinds) {
            for (int node = 0; node < NODES; node++) {
                Verdict verdict = population.constraints(kind).check(node);
                assertThat(population.constraints(kind).admits(node)).isEqualTo(verdict == Verdict.ADMITTED);
                answers.add(verdict);
            }
        }
        return answers;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(pods(), Arbitraries.integers().between(0, NODES - 1), Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<PodFacts> pods() {
        Arbitrary<String> apps = Arbitraries.of("a", "b");
        Arbitrary<List<PodTerm>> terms = Combinators.combine(apps, Arbitraries.of(HOST, ZONE))
                .as(Facts::term)
                .list()
                .ofMaxSize(1);
        Arbitrary<List<Spread>> spread =
                apps.map(app -> Facts.evenly(app, 1)).list().ofMaxSize(1);
        return Combinators.combine(
                        apps, terms, terms, spread, Arbitraries.integers().between(0, 3))
                .as((app, beside, apart, even, extra) -> extra(Facts.pod(app), extra)
                        .beside(beside)
                        .apart(apart)
                        .spread(even)
                        .build());
    }

    private static PodFacts.Builder extra(PodFacts.Builder pod, int extra) {
        return switch (extra) {
            case 1 -> pod.requests(Map.of("cpu", 900L)).ports(Set.of(new HostPort(HostPort.ALL, "TCP", 80)));
            case 2 -> pod.leaving(true);
            case 3 ->
                pod.volumes(new Volumes(
                        Map.of(), Set.of("red/c"), Set.of("red/c"), Map.of("csi/c", "csi"), List.of(), List.of()));
            default -> pod;
        };
    }
}
