package dev.berth.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns one section of the configuration file into a role's record. Strict: an unknown key, a missing one or a bad value
 * is a problem, and all problems are told at once. {@code BERTH_<ROLE>_<KEY>} in the environment wins over the file.
 */
public final class RoleConfig {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    public RoleConfig(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Everything that was wrong so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Reads the section; null after a problem, which {@link #problems()} then holds. */
    public <C extends Record> @Nullable C read(String section, Class<C> type, Map<String, ?> values) {
        int before = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(section, components, values.keySet());
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = value(section, components[i], values.get(components[i].getName()));
        }
        return problems.size() > before ? null : make(section, type, arguments);
    }

    /** The environment variable that overrides a key. */
    public static String variable(String section, String key) {
        String words = section + "_" + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2");
        return "BERTH_" + words.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private void refuseUnknown(String section, RecordComponent[] components, Set<String> keys) {
        Set<String> known = Arrays.stream(components)
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
        for (String key : keys) {
            if (!known.contains(key)) {
                problems.add(
                        "Unknown key \"" + section + "." + key + "\". Known keys: " + String.join(", ", known) + ".");
            }
        }
    }

    private @Nullable Object value(String section, RecordComponent component, @Nullable Object given) {
        String key = component.getName();
        Doc doc = component.getAnnotation(Doc.class);
        if (doc == null) {
            throw new IllegalStateException(section + "." + key + " has no @Doc");
        }
        String variable = variable(section, key);
        String fromEnvironment = environment.get(variable);
        if (fromEnvironment != null) {
            return parsed("Environment variable " + variable, doc, component, fromEnvironment);
        }
        if (given != null) {
            return converted("Key \"" + section + "." + key + "\"", doc, component, given);
        }
        if (doc.standard().equals(Doc.REQUIRED)) {
            problems.add("Key \"" + section + "." + key + "\" is required: " + doc.value()
                    + " Set it in the file or as " + variable + ".");
            return null;
        }
        return parsed("Default of \"" + section + "." + key + "\"", doc, component, doc.standard());
    }

    private @Nullable Object parsed(String where, Doc doc, RecordComponent component, String text) {
        if (component.getType() == String.class) {
            return text;
        }
        try {
            return converted(where, doc, component, YAML.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            problems.add(
                    where + ": expected " + name(component) + ", but got " + shown(doc, text) + ". " + doc.value());
            return null;
        }
    }

    private @Nullable Object converted(String where, Doc doc, RecordComponent component, Object value) {
        try {
            return YAML.convertValue(value, YAML.constructType(component.getGenericType()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    where + ": expected " + name(component) + ", but got " + shown(doc, value) + ". " + doc.value());
            return null;
        }
    }

    private <C extends Record> @Nullable C make(String section, Class<C> type, Object[] arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            problems.add("Section \"" + section + "\": " + cause.getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static String name(RecordComponent component) {
        return component.getGenericType().getTypeName().replaceAll("[a-z]+\\.", "");
    }

    private static String shown(Doc doc, Object value) {
        return doc.secret() ? "a secret of " + String.valueOf(value).length() + " characters" : "\"" + value + "\"";
    }
}
