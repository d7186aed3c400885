package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** All counts that anybody asked for, each kept up to date from then on. */
final class Tallies {
    private final List<NodeFacts> nodes;
    private final Map<String, Map<String, String>> namespaces;
    private final BiConsumer<Question, Tally> filling;
    private final Map<String, Domains> domains = new HashMap<>();
    private final Map<Question, Tally> tallies = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<PodTerm> held = new ArrayList<>();

    /** @param filling counts the pods that are placed already into a tally that is new */
    Tallies(List<NodeFacts> nodes, Map<String, Map<String, String>> namespaces, BiConsumer<Question, Tally> filling) {
        this.nodes = nodes;
        this.namespaces = namespaces;
        this.filling = filling;
    }

    Tally of(Question question) {
        Tally known = tallies.get(question);
        if (known != null) {
            return known;
        }
        BitSet eligible = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            eligible.set(node, question.counts(nodes.get(node)));
        }
        Tally tally =
                new Tally(domains.computeIfAbsent(question.topologyKey(), key -> new Domains(nodes, key)), eligible);
        filling.accept(question, tally);
        tallies.put(question, tally);
        questions.add(question);
        return tally;
    }

    /** To be called before a pod with such terms is placed. */
    void hold(PodFacts pod) {
        for (PodTerm term : pod.apart()) {
            Question holding = new Question.Holding(term);
            if (!tallies.containsKey(holding)) {
                of(holding);
                held.add(term);
            }
        }
    }

    /** Adds the tallies, from a certain one on, that count the pod; returns where to go on next time. */
    int counting(PodFacts pod, int from, List<Tally> found) {
        for (int i = from; i < questions.size(); i++) {
            if (questions.get(i).counts(pod, namespaces)) {
                found.add(tallies.get(questions.get(i)));
            }
        }
        return questions.size();
    }

    /** Adds the terms of others, from a certain one on, that mean the pod; returns where to go on next time. */
    int opposing(PodFacts pod, int from, List<PodRules.Opponent> found) {
        for (int i = from; i < held.size(); i++) {
            if (held.get(i).matches(pod, namespaces)) {
                found.add(new PodRules.Opponent(held.get(i), of(new Question.Holding(held.get(i)))));
            }
        }
        return held.size();
    }
}
