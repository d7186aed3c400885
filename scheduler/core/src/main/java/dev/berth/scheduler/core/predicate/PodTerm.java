package dev.berth.scheduler.core.predicate;

import java.util.Map;
import java.util.Set;

/**
 * Other pods that a pod must be beside, or must not be beside.
 *
 * @param pods which pods by their labels
 * @param namespaces pods of these namespaces, and
 * @param inNamespaces of namespaces with such labels
 * @param topologyKey label of nodes whose value says what beside means
 */
public record PodTerm(Selector pods, Set<String> namespaces, Selector inNamespaces, String topologyKey) {
    public PodTerm {
        namespaces = Set.copyOf(namespaces);
    }

    boolean matches(PodFacts pod, Map<String, Map<String, String>> labelsOfNamespaces) {
        boolean there = namespaces.contains(pod.namespace())
                || inNamespaces.matches(labelsOfNamespaces.getOrDefault(pod.namespace(), Map.of()));
        return there && pods.matches(pod.labels());
    }
}
