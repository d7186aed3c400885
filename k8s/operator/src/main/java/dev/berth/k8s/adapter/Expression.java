package dev.berth.k8s.adapter;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;

/** A compiled expression of one field; what it yields is checked when it is asked, as objects have no types. */
record Expression(String field, CelRuntime.Program program) {
    boolean holds(Map<String, Object> variables) {
        Object value = value(variables);
        if (value instanceof Boolean holds) {
            return holds;
        }
        throw wrong("true or false", value);
    }

    /** A whole number of that range; one outside is cut to it. */
    int number(Map<String, Object> variables, int min, int max) {
        Object value = value(variables);
        if (value instanceof Long number) {
            return (int) Math.max(min, Math.min(max, number));
        }
        throw wrong("a whole number", value);
    }

    String text(Map<String, Object> variables, int maxLength) {
        Object value = value(variables);
        if (value instanceof String text) {
            String flat = text.replaceAll("\\p{Cntrl}", " ").strip();
            return flat.length() > maxLength ? flat.substring(0, maxLength) : flat;
        }
        throw wrong("a string", value);
    }

    private Object value(Map<String, Object> variables) {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException | RuntimeException failure) {
            throw new AdapterFailure(field, String.valueOf(failure.getMessage()));
        }
    }

    private AdapterFailure wrong(String wanted, Object value) {
        return new AdapterFailure(
                field,
                "Expected " + wanted + ", but it yields " + value.getClass().getSimpleName() + ".");
    }
}
