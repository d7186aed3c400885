package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** How a refusal must read, and whether anything of a tenant changed. */
final class Proof {
    /** A qualified class name, a frame of a stack trace, or the database's own words. */
    private static final Pattern INSIDES = Pattern.compile(
            "\\b[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)+\\.[A-Z]\\w+|\\bat \\S+\\([^)]*\\)|\\w+(Exception|Error)\\b|\\.java\\b"
                    + "|ERROR:|SQLSTATE|(?i)\\bselect .+ from\\b|\\binsert into\\b|\\bberth\\.\\w+\\(");

    private Proof() {}

    /** The answer is a problem that tells a person what to do and nobody what we are made of. */
    static void refused(Client.Answer answer, String sent) {
        String what = sent.substring(0, Math.min(160, sent.length()));
        assertThat(answer.status()).as(what + " -> " + answer.raw().body()).isBetween(400, 499);
        assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
        JsonNode problem = answer.body();
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
        assertThat(problem.path("code").asText()).as(what).matches("[a-z]+(-[a-z]+)*");
        assertThat(problem.path("detail").asText()).as(what).matches("(?s)[A-Z].{8,}\\.");
        assertThat(problem.path("requestId").asText()).as(what).isNotEmpty();
        if (answer.status() == 422) {
            assertThat(problem.path("errors")).as(what).isNotEmpty();
        }
        for (JsonNode error : problem.path("errors")) {
            assertThat(error.path("pointer").asText("none")).as(what).matches("(?s)(/.*)?");
            assertThat(error.path("detail").asText()).as(what).matches("[A-Z].{8,}\\.");
        }
        assertThat(INSIDES.matcher(answer.raw().body()).results().map(found -> found.group()))
                .as(what + " -> " + answer.raw().body())
                .isEmpty();
    }

    /** All rows of a tenant, table by table; only when its tokens were last used is left out. */
    static Map<String, String> rows(ApiProcess api, UUID tenant) throws Exception {
        try (Connection admin = api.admin()) {
            Map<String, String> rows = new TreeMap<>();
            rows.put("tenants", rows(admin, "tenants", "id", tenant));
            for (String table : tables(admin)) {
                rows.put(table, rows(admin, table, "tenant_id", tenant));
            }
            assertThat(rows).containsKeys("workloads", "projects", "outbox", "desired_log", "sessions");
            return rows;
        }
    }

    private static List<String> tables(Connection admin) throws Exception {
        String ofTenants = "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                + " WHERE c.relnamespace = 'berth'::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant_id' AND NOT a.attisdropped";
        try (var query = admin.createStatement();
                ResultSet found = query.executeQuery(ofTenants)) {
            List<String> tables = new ArrayList<>();
            while (found.next()) {
                tables.add(found.getString(1));
            }
            return tables;
        }
    }

    private static String rows(Connection admin, String table, String column, UUID tenant) throws Exception {
        String all =
                "SELECT coalesce(string_agg(r, E'\\n' ORDER BY r), '') FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS r FROM "
                        + table + " t WHERE " + column + " = ?) AS x";
        try (var query = admin.prepareStatement(all)) {
            query.setObject(1, tenant);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }
}
