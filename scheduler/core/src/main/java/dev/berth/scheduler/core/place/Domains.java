package dev.berth.scheduler.core.place;

import java.util.List;

/**
 * Where tasks that have to be close together could go.
 *
 * @param sets the domains to try, best first; none when no domain has room for all
 * @param words what each domain could hold, when none has room for all
 */
public record Domains(List<NodeSet> sets, String words) {
    public Domains {
        sets = List.copyOf(sets);
    }
}
