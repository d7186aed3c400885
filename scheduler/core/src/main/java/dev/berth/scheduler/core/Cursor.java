package dev.berth.scheduler.core;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a sweep over the waiting groups stopped for want of steps: the groups that had their turn. They come last until the
 * sweep has reached everybody, so that an expensive group cannot starve those behind it.
 *
 * @param hadTheirTurn in {@link Action#ALLOCATE}, without success
 * @param tried in the other actions that stopped early
 */
public record Cursor(Set<String> hadTheirTurn, Map<Action, Set<String>> tried) {
    public static final Cursor START = new Cursor(Set.of());

    public Cursor {
        hadTheirTurn = Collections.unmodifiableSortedSet(new TreeSet<>(hadTheirTurn));
        Map<Action, Set<String>> sorted = new TreeMap<>();
        tried.forEach((action, groups) -> {
            if (!groups.isEmpty()) {
                sorted.put(action, Collections.unmodifiableSortedSet(new TreeSet<>(groups)));
            }
        });
        tried = Collections.unmodifiableMap(sorted);
    }

    public Cursor(Set<String> hadTheirTurn) {
        this(hadTheirTurn, Map.of());
    }

    /** Who had a turn in an action that makes room. */
    public Set<String> tried(Action action) {
        return tried.getOrDefault(action, Set.of());
    }
}
