package dev.berth.scheduler.core.predicate;

import java.util.List;

/**
 * One alternative of a required node affinity. Without any condition it matches no node.
 *
 * @param labels conditions on the node's labels
 * @param names conditions on the node's name
 */
public record NodeTerm(List<Requirement> labels, List<Requirement> names) {
    public NodeTerm {
        labels = List.copyOf(labels);
        names = List.copyOf(names);
    }

    boolean matches(NodeFacts node) {
        if (labels.isEmpty() && names.isEmpty()) {
            return false;
        }
        for (Requirement requirement : labels) {
            if (!requirement.matches(node.labels())) {
                return false;
            }
        }
        for (Requirement requirement : names) {
            if (!requirement.matches(node.name())) {
                return false;
            }
        }
        return true;
    }

    static boolean any(List<NodeTerm> terms, NodeFacts node) {
        for (NodeTerm term : terms) {
            if (term.matches(node)) {
                return true;
            }
        }
        return false;
    }
}
