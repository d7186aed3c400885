package dev.berth.scheduler.core;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a sweep over the waiting groups stopped for want of steps: the groups that had their turn without success. They
 * come last until the sweep has reached everybody, so that an expensive group cannot starve those behind it.
 */
public record Cursor(Set<String> hadTheirTurn) {
    public static final Cursor START = new Cursor(Set.of());

    public Cursor {
        hadTheirTurn = Collections.unmodifiableSortedSet(new TreeSet<>(hadTheirTurn));
    }
}
