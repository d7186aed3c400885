package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The nodes, numbered from 0, and the pods on them. Made anew when a node or the labels of a namespace change; pods come and
 * go. Taking a pod away again restores what was, so a search may place pods to look ahead.
 */
public final class Population {
    private final List<NodeFacts> nodes;
    private final Map<String, Map<String, String>> namespaces;
    private final Map<String, Integer> numbering = new TreeMap<>();
    private final Stock[] stocks;
    private final Tallies tallies;
    private final Map<String, Integer> claimUses = new HashMap<>();
    private final Map<PodFacts, Constraints> known = new HashMap<>();
    private final Set<Constraints> standing = new LinkedHashSet<>();

    /** @param namespaces labels of each namespace */
    public Population(List<NodeFacts> nodes, Map<String, Map<String, String>> namespaces) {
        this.nodes = List.copyOf(nodes);
        this.namespaces = Map.copyOf(namespaces);
        for (NodeFacts node : nodes) {
            node.allocatable().keySet().forEach(resource -> numbering.putIfAbsent(resource, numbering.size()));
        }
        this.stocks =
                this.nodes.stream().map(node -> new Stock(node, numbering)).toArray(Stock[]::new);
        this.tallies = new Tallies(this.nodes, this.namespaces, this::fill);
    }

    public int size() {
        return nodes.size();
    }

    public NodeFacts node(int node) {
        return nodes.get(node);
    }

    /** What holds for such a pod, and for every other that is equal; to be asked once a pod and kept. */
    public Constraints constraints(PodFacts pod) {
        return known.computeIfAbsent(pod, unseen -> new Constraints(this, unseen, new Needs(unseen, numbering)));
    }

    /** One such pod is on the node from now on, whether or not the node admits it. */
    public void place(Constraints pod, int node) {
        move(pod, node, 1);
    }

    /** One such pod left the node. */
    public void remove(Constraints pod, int node) {
        if (!pod.placed().containsKey(node)) {
            throw new IllegalArgumentException("Expected such a pod on node "
                    + nodes.get(node).name() + ", but there is none. Remove only what was placed.");
        }
        move(pod, node, -1);
    }

    /** Forgets kinds of pods of which none is placed; who still holds their constraints may go on using them. */
    public void trim() {
        known.values().removeIf(constraints -> constraints.placed().isEmpty());
    }

    private void move(Constraints pod, int node, int sign) {
        tallies.hold(pod.pod());
        for (Tally tally : pod.counting(tallies)) {
            tally.add(node, sign);
        }
        stocks[node].take(pod.pod(), pod.needs(), sign);
        pod.pod().volumes().claims().forEach(claim -> Stock.add(claimUses, claim, sign));
        Stock.add(pod.placed(), node, sign);
        if (pod.placed().isEmpty()) {
            standing.remove(pod);
        } else {
            standing.add(pod);
        }
    }

    private void fill(Question question, Tally tally) {
        for (Constraints pod : standing) {
            if (question.counts(pod.pod(), namespaces)) {
                pod.placed().forEach(tally::add);
            }
        }
    }

    List<Rule> rules(Constraints constraints) {
        PodFacts pod = constraints.pod();
        List<Rule> rules = new ArrayList<>();
        NodeRules.nowhere(pod).ifPresent(refusal -> rules.add(node -> Optional.of(refusal)));
        rules.add(NodeRules.Remembered.of(NodeRules.standing(pod, nodes)));
        if (!pod.ports().isEmpty()) {
            rules.add(NodeRules.ports(pod, stocks));
        }
        rules.add(NodeRules.resources(constraints.needs(), stocks));
        if (!pod.volumes().equals(Volumes.NONE)) {
            rules.add(NodeRules.sharing(pod, stocks, claimUses));
            rules.add(NodeRules.attaching(pod, stocks));
            rules.add(NodeRules.Remembered.of(NodeRules.places(pod, nodes)));
        }
        rules.addAll(PodRules.spread(pod, tallies));
        if (!pod.beside().isEmpty()) {
            rules.add(PodRules.beside(pod, tallies, namespaces));
        }
        if (!pod.apart().isEmpty()) {
            rules.add(PodRules.apart(pod, tallies));
        }
        rules.add(PodRules.unwanted(() -> constraints.opponents(tallies)));
        return rules;
    }
}
