package dev.berth.k8s.adapter;

import dev.berth.k8s.crd.adapter.AdapterRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One role of an adapter, compiled. */
final class RoleRules {
    private static final int MAX_INSTANCES = 256;
    private static final int MAX_NAME = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final String field;
    private final String name;
    private final Optional<ObjectPath> each;
    private final Map<String, Expression> expressions = new LinkedHashMap<>();

    RoleRules(String field, AdapterRole role, Expressions cel) {
        this.field = field;
        this.name = role.name;
        this.each = role.eachPath.isEmpty()
                ? Optional.empty()
                : Optional.of(ObjectPath.parse(field + ".eachPath", role.eachPath));
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("instance", role.instance);
        texts.put("when", role.when);
        texts.put("replicas", role.replicas);
        texts.put("podsPer", role.podsPer);
        texts.put("min", role.min);
        texts.put("max", role.max);
        texts.put("counted", role.counted);
        texts.put("podWhen", role.podWhen);
        texts.put("podInstance", role.podInstance);
        texts.put("podIndex", role.podIndex);
        texts.forEach((key, text) -> {
            if (!text.isEmpty()) {
                expressions.put(key, cel.compile(field + "." + key, text));
            }
        });
    }

    String name() {
        return name;
    }

    boolean hasIndex() {
        return expressions.containsKey("podIndex");
    }

    /** The role's instances in this object; all are counted, until it is asked with the variable {@code roles}. */
    List<RoleShape> shapes(Map<String, Object> object) {
        if (each.isEmpty()) {
            Map<String, Object> variables = Map.of("self", object);
            return exists(variables) ? List.of(shape("", variables)) : List.of();
        }
        List<RoleShape> shapes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long position = 0;
        for (Object element : elements(each.get().read(object))) {
            Map<String, Object> variables = Map.of("self", object, "each", element, "position", position++);
            if (exists(variables)) {
                String instance = instance(variables, position - 1);
                if (!names.add(instance)) {
                    throw new AdapterFailure(field + ".instance", "Two instances are named " + instance + ".");
                }
                shapes.add(shape(instance, variables));
            }
        }
        return shapes;
    }

    private static List<?> elements(List<Object> found) {
        Object at = found.isEmpty() ? List.of() : found.get(0);
        List<?> all =
                at instanceof List<?> list ? list : List.copyOf(Trees.map(at).values());
        return all.subList(0, Math.min(all.size(), MAX_INSTANCES));
    }

    private boolean exists(Map<String, Object> variables) {
        Expression when = expressions.get("when");
        return when == null || when.holds(variables);
    }

    private String instance(Map<String, Object> variables, long position) {
        Expression expression = expressions.get("instance");
        return expression == null
                ? name + "-" + position
                : label(field + ".instance", expression.text(variables, MAX_NAME));
    }

    private static String label(String field, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!LABEL.matcher(lower).matches()) {
            throw new AdapterFailure(field, "Expected a DNS label, but it yields \"" + lower + "\".");
        }
        return lower;
    }

    private RoleShape shape(String instance, Map<String, Object> variables) {
        int replicas = number("replicas", variables, 1);
        int min = Math.min(replicas, number("min", variables, replicas));
        int max = Math.max(replicas, number("max", variables, replicas));
        return new RoleShape(name, instance, replicas, number("podsPer", variables, 1), min, max, true);
    }

    private int number(String key, Map<String, Object> variables, int standard) {
        Expression expression = expressions.get(key);
        return expression == null ? standard : expression.number(variables, 0, Adapter.MAX_PODS);
    }

    boolean counted(Map<String, Object> object, List<Map<String, Object>> roles) {
        Expression counted = expressions.get("counted");
        return counted == null || counted.holds(Map.of("self", object, "roles", roles));
    }

    /** The pod's place in this role; nothing where it is not of this role. */
    Optional<PodPlace> place(Map<String, Object> object, Map<String, Object> pod) {
        Map<String, Object> variables = Map.of("self", object, "pod", pod);
        Expression when = expressions.get("podWhen");
        if (when != null && !when.holds(variables)) {
            return Optional.empty();
        }
        Expression of = expressions.get("podInstance");
        Expression at = expressions.get("podIndex");
        String instance = of == null ? "" : of.text(variables, MAX_NAME).toLowerCase(Locale.ROOT);
        int index = at == null ? -1 : at.number(variables, -1, Adapter.MAX_PODS);
        return Optional.of(new PodPlace(name, instance, index));
    }
}
