package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which pods are counted by which label of nodes. Equal questions share one {@link Tally}. */
sealed interface Question {
    String topologyKey();

    boolean counts(PodFacts pod, Map<String, Map<String, String>> labelsOfNamespaces);

    /** Whether pods of the node are counted, and its domain counts. */
    default boolean counts(NodeFacts node) {
        return node.labels().containsKey(topologyKey());
    }

    /** Pods that match all terms. */
    record Beside(List<PodTerm> terms, String topologyKey) implements Question {
        @Override
        public boolean counts(PodFacts pod, Map<String, Map<String, String>> labelsOfNamespaces) {
            for (PodTerm term : terms) {
                if (!term.matches(pod, labelsOfNamespaces)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Pods that have this term as one of those that they must not be beside. */
    record Holding(PodTerm term) implements Question {
        @Override
        public String topologyKey() {
            return term.topologyKey();
        }

        @Override
        public boolean counts(PodFacts pod, Map<String, Map<String, String>> labelsOfNamespaces) {
            return pod.apart().contains(term);
        }
    }

    /**
     * Pods that are to be spread, on nodes that have all labels by which the pod is spread.
     *
     * @param nodes only nodes of this rule, if any is honoured
     * @param tolerations only nodes whose taints these bear, if taints are honoured
     */
    record Spreading(
            String namespace,
            Selector pods,
            String topologyKey,
            Set<String> allKeys,
            Optional<NodeRule> nodes,
            Optional<List<Toleration>> tolerations)
            implements Question {
        static Spreading of(PodFacts pod, Spread spread, Set<String> allKeys) {
            return new Spreading(
                    pod.namespace(),
                    spread.pods(),
                    spread.topologyKey(),
                    allKeys,
                    spread.honoursNodeRule() ? Optional.of(pod.nodes()) : Optional.empty(),
                    spread.honoursTaints() ? Optional.of(pod.tolerations()) : Optional.empty());
        }

        /** A selector of all pods counts none, which is Kubernetes' way: such a constraint never forbids. */
        @Override
        public boolean counts(PodFacts pod, Map<String, Map<String, String>> labelsOfNamespaces) {
            return !pods.isEverything()
                    && !pod.leaving()
                    && namespace.equals(pod.namespace())
                    && pods.matches(pod.labels());
        }

        @Override
        public boolean counts(NodeFacts node) {
            return node.labels().keySet().containsAll(allKeys)
                    && nodes.map(rule -> rule.matches(node)).orElse(true)
                    && tolerations
                            .map(all -> Toleration.untolerated(all, node).isEmpty())
                            .orElse(true);
        }
    }
}
