package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.scheduler.core.predicate.NodeTerm;
import dev.berth.scheduler.core.predicate.Requirement;
import dev.berth.scheduler.core.predicate.Requirement.Operator;
import dev.berth.scheduler.core.predicate.Selector;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Selectors of labels, as Kubernetes writes them in three ways. */
final class Selectors {
    /** What no label satisfies; stands for an operator that is not known. */
    private static final Operator NEVER = Operator.IN;

    private Selectors() {}

    /** No selector selects nothing, an empty one everything. */
    static Selector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return Selector.NOTHING;
        }
        List<Requirement> requirements = new ArrayList<>(equal(selector.getMatchLabels()));
        selector.getMatchExpressions()
                .forEach(one -> requirements.add(requirement(one.getKey(), one.getOperator(), one.getValues())));
        return Selector.all(requirements);
    }

    static List<Requirement> equal(@Nullable Map<String, String> labels) {
        List<Requirement> requirements = new ArrayList<>();
        if (labels != null) {
            new TreeMap<>(labels).forEach((key, value) -> requirements.add(Requirement.is(key, value)));
        }
        return requirements;
    }

    static List<NodeTerm> terms(List<NodeSelectorTerm> terms) {
        return terms.stream()
                .map(term -> new NodeTerm(conditions(term.getMatchExpressions()), conditions(term.getMatchFields())))
                .toList();
    }

    private static List<Requirement> conditions(List<NodeSelectorRequirement> all) {
        return all.stream()
                .map(one -> requirement(one.getKey(), one.getOperator(), one.getValues()))
                .toList();
    }

    private static Requirement requirement(String key, String operator, @Nullable List<String> values) {
        Set<String> all = values == null ? Set.of() : Set.copyOf(values);
        return switch (operator) {
            case "In" -> new Requirement(key, Operator.IN, all);
            case "NotIn" -> new Requirement(key, Operator.NOT_IN, all);
            case "Exists" -> new Requirement(key, Operator.EXISTS, Set.of());
            case "DoesNotExist" -> new Requirement(key, Operator.ABSENT, Set.of());
            case "Gt" -> new Requirement(key, Operator.GREATER, all);
            case "Lt" -> new Requirement(key, Operator.LESS, all);
            default -> new Requirement(key, NEVER, Set.of());
        };
    }
}
