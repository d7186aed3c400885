package dev.berth.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The roles on the class path, found by ServiceLoader, and the order in which instances of them start. */
public final class Roles {
    private final Map<String, Role<?>> byName = new TreeMap<>();

    public Roles(Iterable<? extends Role<?>> roles) {
        for (Role<?> role : roles) {
            Role<?> other = byName.put(role.name(), role);
            if (other != null) {
                throw new StartRefused(List.of("Two roles are named \"" + role.name() + "\": "
                        + other.getClass().getName() + " and " + role.getClass().getName()
                        + ". Remove one from the class path."));
            }
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // ServiceLoader cannot name Role<?>
    public static Roles onClassPath() {
        Iterable<Role> found = ServiceLoader.load(Role.class);
        return new Roles((Iterable<? extends Role<?>>) (Iterable<?>) found);
    }

    public List<Role<?>> all() {
        return List.copyOf(byName.values());
    }

    /** The role of an instance name such as {@code agent} or {@code agent@borealis}; null where there is none. */
    public @Nullable Role<?> of(String instance) {
        return byName.get(roleName(instance));
    }

    /** The part before {@code @}. */
    public static String roleName(String instance) {
        int at = instance.indexOf('@');
        return at < 0 ? instance : instance.substring(0, at);
    }

    /** Every instance after all instances of the roles that it waits for; otherwise in the given order. */
    public List<String> inStartOrder(List<String> instances) {
        Map<String, Boolean> placed = new LinkedHashMap<>();
        for (String instance : instances) {
            place(instance, instances, placed);
        }
        return new ArrayList<>(placed.keySet());
    }

    private void place(String instance, List<String> instances, Map<String, Boolean> placed) {
        if (placed.containsKey(instance)) {
            return;
        }
        Role<?> role = of(instance);
        if (role == null) {
            throw new StartRefused(List.of(unknown(instance)));
        }
        for (String other : instances) {
            if (!other.equals(instance) && role.after().contains(roleName(other))) {
                place(other, instances, placed);
            }
        }
        placed.put(instance, true);
    }

    String unknown(String instance) {
        return "There is no role \"" + roleName(instance) + "\" in this jar. Roles: "
                + String.join(", ", byName.keySet()) + ".";
    }
}
