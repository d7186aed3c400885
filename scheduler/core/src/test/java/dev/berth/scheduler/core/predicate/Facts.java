package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes and pods of the stories: as little as each needs. */
final class Facts {
    static final String HOST = "kubernetes.io/hostname";
    static final String ZONE = "topology.kubernetes.io/zone";
    static final Map<String, Map<String, String>> NAMESPACES =
            Map.of("red", Map.of("team", "red"), "blue", Map.of("team", "blue"));

    private Facts() {}

    /** Nodes n0, n1, ..., one for each zone given; none for an empty zone's label. */
    static List<NodeFacts> inZones(String... zones) {
        List<NodeFacts> nodes = new ArrayList<>();
        for (String zone : zones) {
            Map<String, String> labels = new HashMap<>(Map.of(HOST, "n" + nodes.size()));
            if (!zone.isEmpty()) {
                labels.put(ZONE, zone);
            }
            nodes.add(node("n" + nodes.size(), labels));
        }
        return nodes;
    }

    static NodeFacts node(String name, Map<String, String> labels, Taint... taints) {
        return new NodeFacts(
                name,
                labels,
                List.of(taints),
                false,
                Map.of("cpu", 4_000L, "memory", 8_000L, "pods", 10L),
                Map.of(),
                Map.of());
    }

    static Population population(List<NodeFacts> nodes) {
        return new Population(nodes, NAMESPACES);
    }

    static PodFacts.Builder pod(String app) {
        return PodFacts.in("red").labels(Map.of("app", app));
    }

    static Selector app(String app) {
        return Selector.all(List.of(Requirement.is("app", app)));
    }

    static PodTerm term(String app, String topologyKey) {
        return new PodTerm(app(app), Set.of("red"), Selector.NOTHING, topologyKey);
    }

    static Spread evenly(String app, int maxSkew) {
        return new Spread(ZONE, maxSkew, 1, app(app), true, false);
    }

    /** Names of the nodes that admit the pod. */
    static List<String> admitting(Population population, PodFacts pod) {
        Constraints constraints = population.constraints(pod);
        List<String> names = new ArrayList<>();
        for (int node = 0; node < population.size(); node++) {
            if (constraints.admits(node)) {
                names.add(population.node(node).name());
            }
        }
        return names;
    }
}
