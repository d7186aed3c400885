package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Optional;

/**
 * Which nodes a pod may be on: its node selector and its required node affinity, both of them.
 *
 * @param selector labels that the node must carry
 * @param affinity alternatives of which one must match; empty when the pod requires none
 */
public record NodeRule(List<Requirement> selector, Optional<List<NodeTerm>> affinity) {
    public static final NodeRule ANY = new NodeRule(List.of(), Optional.empty());

    public NodeRule {
        selector = List.copyOf(selector);
        affinity = affinity.map(List::copyOf);
    }

    boolean matches(NodeFacts node) {
        for (Requirement requirement : selector) {
            if (!requirement.matches(node.labels())) {
                return false;
            }
        }
        return affinity.isEmpty() || NodeTerm.any(affinity.get(), node);
    }
}
