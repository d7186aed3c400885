package dev.berth.scheduler.verticle.kubernetes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cases were equal, in all and of each predicate. */
final class Table {
    private static final class Row {
        private int cases;
        private int equal;
        private int counted;
        private int countsEqual;
        private int someFeasible;
    }

    private final Map<Predicate, Row> rows = new EnumMap<>(Predicate.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    void add(Predicate predicate, boolean equal, boolean someFeasible) {
        Row row = rows.computeIfAbsent(predicate, unseen -> new Row());
        row.cases++;
        row.equal += equal ? 1 : 0;
        row.someFeasible += someFeasible ? 1 : 0;
    }

    void addCounts(Predicate predicate, boolean equal) {
        Row row = rows.computeIfAbsent(predicate, unseen -> new Row());
        row.counted++;
        row.countsEqual += equal ? 1 : 0;
    }

    void refused(String word) {
        refusals.merge(word, 1, Integer::sum);
    }

    void difference(String text) {
        differences.add(text);
    }

    List<String> differences() {
        return differences;
    }

    int cases() {
        return rows.values().stream().mapToInt(row -> row.cases).sum();
    }

    int refusals(String word) {
        return refusals.getOrDefault(word, 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int equal = rows.values().stream().mapToInt(row -> row.equal).sum();
        int counted = rows.values().stream().mapToInt(row -> row.counted).sum();
        int countsEqual =
                rows.values().stream().mapToInt(row -> row.countsEqual).sum();
        text.append("%d of %d equal: the same nodes as the real kube-scheduler%n".formatted(equal, cases()));
        text.append(
                "%d of %d equal: the same number of nodes for each of its reasons%n%n".formatted(countsEqual, counted));
        text.append(
                "%-14s %6s %6s %14s %14s%n".formatted("predicate", "cases", "equal", "some feasible", "reasons equal"));
        rows.forEach((predicate, row) -> text.append("%-14s %6d %6d %14d %9d/%d%n"
                .formatted(predicate, row.cases, row.equal, row.someFeasible, row.countsEqual, row.counted)));
        text.append("%nnodes refused, by reason%n".formatted());
        refusals.forEach((word, count) -> text.append("%6d %s%n".formatted(count, word)));
        differences.forEach(one -> text.append(System.lineSeparator()).append(one));
        return text.toString();
    }
}
