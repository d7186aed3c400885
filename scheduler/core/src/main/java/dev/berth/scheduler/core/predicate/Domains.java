package dev.berth.scheduler.core.predicate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one label, numbered, and which node carries which. */
final class Domains {
    /** Of a node without the label. */
    static final int NONE = -1;

    private final int[] ofNode;
    private final int count;

    Domains(List<NodeFacts> nodes, String key) {
        ofNode = new int[nodes.size()];
        Arrays.fill(ofNode, NONE);
        Map<String, Integer> numbers = new HashMap<>();
        for (int node = 0; node < ofNode.length; node++) {
            String value = nodes.get(node).labels().get(key);
            if (value != null) {
                ofNode[node] = numbers.computeIfAbsent(value, unseen -> numbers.size());
            }
        }
        count = numbers.size();
    }

    int of(int node) {
        return ofNode[node];
    }

    int count() {
        return count;
    }
}
