package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The predicates that look at the pods of other nodes too. */
final class PodRules {
    private PodRules() {}

    /** In each domain at most {@code maxSkew} more than in the emptiest, this pod included. */
    static List<Rule> spread(PodFacts pod, Tallies tallies) {
        Set<String> keys = pod.spread().stream().map(Spread::topologyKey).collect(Collectors.toSet());
        List<Rule> rules = new ArrayList<>();
        for (Spread spread : pod.spread()) {
            Tally tally = tallies.of(Question.Spreading.of(pod, spread, keys));
            int self = spread.pods().matches(pod.labels()) ? 1 : 0;
            rules.add(node -> {
                if (!tally.hasDomain(node)) {
                    return Optional.of(new Verdict.NoDomain(spread.topologyKey()));
                }
                int least = tally.counted() < spread.minDomains() ? 0 : tally.least();
                return tally.at(node) + self - least > spread.maxSkew()
                        ? Optional.of(new Verdict.Uneven(spread.topologyKey(), tally.at(node), least, spread.maxSkew()))
                        : Optional.empty();
            });
        }
        return rules;
    }

    /** Beside pods that match all terms; the first of pods that want each other may be anywhere with the labels. */
    static Rule beside(PodFacts pod, Tallies tallies, Map<String, Map<String, String>> namespaces) {
        List<Tally> wanted = pod.beside().stream()
                .map(term -> tallies.of(new Question.Beside(pod.beside(), term.topologyKey())))
                .toList();
        boolean wantsItself = pod.beside().stream().allMatch(term -> term.matches(pod, namespaces));
        return node -> {
            boolean first = wantsItself && wanted.stream().allMatch(Tally::isEmpty);
            for (int i = 0; i < wanted.size(); i++) {
                Tally tally = wanted.get(i);
                if (!tally.hasDomain(node) || (tally.at(node) == 0 && !first)) {
                    return Optional.of(new Verdict.NotBeside(pod.beside().get(i).topologyKey()));
                }
            }
            return Optional.empty();
        };
    }

    static Rule apart(PodFacts pod, Tallies tallies) {
        List<Tally> hated = pod.apart().stream()
                .map(term -> tallies.of(new Question.Beside(List.of(term), term.topologyKey())))
                .toList();
        return node -> {
            for (int i = 0; i < hated.size(); i++) {
                if (hated.get(i).at(node) > 0) {
                    return Optional.of(new Verdict.TooClose(pod.apart().get(i).topologyKey()));
                }
            }
            return Optional.empty();
        };
    }

    /** A term of other pods that means the pod. */
    record Opponent(PodTerm term, Tally holders) {}

    /** Of several the first by name, whichever was placed first. */
    static Rule unwanted(Supplier<List<Opponent>> opponents) {
        return new Rule() {
            @Override
            public Optional<Verdict.Refused> refusal(int node) {
                return opponents.get().stream()
                        .filter(opponent -> opponent.holders().at(node) > 0)
                        .map(opponent -> opponent.term().topologyKey())
                        .min(String::compareTo)
                        .map(Verdict.Unwanted::new);
            }

            @Override
            public boolean admits(int node) {
                for (Opponent opponent : opponents.get()) {
                    if (opponent.holders().at(node) > 0) {
                        return false;
                    }
                }
                return true;
            }
        };
    }
}
