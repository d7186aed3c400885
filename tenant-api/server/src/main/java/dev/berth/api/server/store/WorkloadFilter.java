package dev.berth.api.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which workloads; an empty list asks for nothing in particular. Only constant text becomes SQL, values are bound. */
public record WorkloadFilter(
        List<String> projects,
        List<String> phases,
        List<String> reasons,
        List<String> clusters,
        List<String> pools,
        String partOfName) {
    public static final WorkloadFilter ALL =
            new WorkloadFilter(List.of(), List.of(), List.of(), List.of(), List.of(), "");

    /** A condition and the values of its parameters. */
    record Condition(String sql, List<@Nullable Object> values) {}

    Condition condition() {
        var sql = new StringBuilder("NOT w.deleted");
        var values = new ArrayList<@Nullable Object>();
        any(
                sql,
                values,
                projects,
                " AND w.project_id IN (SELECT id FROM projects WHERE name = ANY (?) OR id::text = ANY (?))");
        any(
                sql,
                values,
                clusters,
                " AND w.cluster_id IN (SELECT id FROM clusters WHERE name = ANY (?) OR id::text = ANY (?))");
        any(sql, values, phases, " AND w.phase = ANY (?)");
        any(sql, values, reasons, " AND w.reason = ANY (?)");
        any(sql, values, pools, " AND w.node_pool = ANY (?)");
        if (!partOfName.isEmpty()) {
            values.add(partOfName);
            sql.append(" AND strpos(w.name, $").append(values.size()).append(") > 0");
        }
        return new Condition(sql.toString(), values);
    }

    private static void any(StringBuilder sql, List<@Nullable Object> values, List<String> words, String condition) {
        if (!words.isEmpty()) {
            values.add(words.toArray(String[]::new));
            sql.append(condition.replace("?", "$" + values.size()));
        }
    }
}
