package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All predicates for pods of one kind, ready to be asked about any node. One object for all pods that are equal, so it is
 * also the key for what else is remembered of them. It sees each pod that is placed or removed at once.
 */
public final class Constraints {
    private final Population population;
    private final PodFacts pod;
    private final Needs needs;
    private final Map<Integer, Integer> placed = new HashMap<>();
    private final List<Tally> counting = new ArrayList<>();
    private final List<PodRules.Opponent> opponents = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private int countingKnown;
    private int opponentsKnown;
    private boolean ready;

    Constraints(Population population, PodFacts pod, Needs needs) {
        this.population = population;
        this.pod = pod;
        this.needs = needs;
    }

    public PodFacts pod() {
        return pod;
    }

    /** Whether the node may hold one such pod more. */
    public boolean admits(int node) {
        prepare();
        for (Rule rule : rules) {
            if (!rule.admits(node)) {
                return false;
            }
        }
        return true;
    }

    /** The same with the first reason against it, in the order in which Kubernetes looks. */
    public Verdict check(int node) {
        prepare();
        for (Rule rule : rules) {
            Optional<Verdict.Refused> refusal = rule.refusal(node);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return Verdict.ADMITTED;
    }

    /** What all nodes answer, for an explanation. */
    public Survey survey() {
        Map<String, Survey.Refusal> refusals = new LinkedHashMap<>();
        int admitting = 0;
        for (int node = 0; node < population.size(); node++) {
            if (check(node) instanceof Verdict.Refused refused) {
                refusals.merge(
                        refused.reason(),
                        new Survey.Refusal(refused, 1),
                        (known, one) -> new Survey.Refusal(known.example(), known.nodes() + 1));
            } else {
                admitting++;
            }
        }
        List<Survey.Refusal> sorted = new ArrayList<>(refusals.values());
        sorted.sort((one, other) -> Integer.compare(other.nodes(), one.nodes()));
        return new Survey(population.size(), admitting, sorted);
    }

    private void prepare() {
        if (!ready) {
            ready = true;
            rules.addAll(population.rules(this));
        }
    }

    Needs needs() {
        return needs;
    }

    /** How many such pods are on each node. */
    Map<Integer, Integer> placed() {
        return placed;
    }

    /** Tallies that count such a pod. */
    List<Tally> counting(Tallies tallies) {
        countingKnown = tallies.counting(pod, countingKnown, counting);
        return counting;
    }

    /** Terms of others that mean such a pod. */
    List<PodRules.Opponent> opponents(Tallies tallies) {
        opponentsKnown = tallies.opposing(pod, opponentsKnown, opponents);
        return opponents;
    }
}
