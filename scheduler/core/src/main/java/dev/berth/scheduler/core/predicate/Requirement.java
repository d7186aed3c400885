package dev.berth.scheduler.core.predicate;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One condition on the labels of a node, pod or namespace.
 *
 * @param values for {@link Operator#IN} and {@link Operator#NOT_IN} any number, for {@link Operator#GREATER} and
 *     {@link Operator#LESS} one whole number, else none
 */
public record Requirement(String key, Operator operator, Set<String> values) {
    /** How a label is compared. A label that is missing satisfies {@link #NOT_IN} and {@link #ABSENT} only. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        ABSENT,
        GREATER,
        LESS
    }

    public Requirement {
        values = Set.copyOf(values);
    }

    public static Requirement is(String key, String value) {
        return new Requirement(key, Operator.IN, Set.of(value));
    }

    boolean matches(Map<String, String> labels) {
        return matches(labels.get(key));
    }

    boolean matches(@Nullable String value) {
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case ABSENT -> value == null;
            case GREATER -> value != null && compares(value, 1);
            case LESS -> value != null && compares(value, -1);
        };
    }

    /** What is no whole number compares with nothing. */
    private boolean compares(String value, int sign) {
        if (values.size() != 1) {
            return false;
        }
        try {
            long bound = Long.parseLong(values.iterator().next());
            return Long.compare(Long.parseLong(value), bound) == sign;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }
}
