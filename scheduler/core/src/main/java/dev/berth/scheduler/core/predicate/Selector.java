package dev.berth.scheduler.core.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which labels are meant: all requirements must hold.
 *
 * @param nothing whether it selects nothing whatever the requirements say, as a selector that is absent does
 */
public record Selector(boolean nothing, List<Requirement> requirements) {
    public static final Selector NOTHING = new Selector(true, List.of());
    public static final Selector EVERYTHING = new Selector(false, List.of());

    public Selector {
        requirements = List.copyOf(requirements);
    }

    public static Selector all(List<Requirement> requirements) {
        return new Selector(false, requirements);
    }

    /** With one requirement more; one that it has already is not added again. */
    public Selector and(Requirement requirement) {
        if (nothing || requirements.contains(requirement)) {
            return this;
        }
        List<Requirement> more = new ArrayList<>(requirements);
        more.add(requirement);
        return new Selector(false, more);
    }

    boolean isEverything() {
        return !nothing && requirements.isEmpty();
    }

    boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
