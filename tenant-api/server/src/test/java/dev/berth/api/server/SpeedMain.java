package dev.berth.api.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the API on a real PostgreSQL and prints JSON: submissions in batches by four at once, lists and summary over as
 * many workloads as the large test bed has, and reports of clusters. Not a test: no bound is asserted here.
 */
final class SpeedMain {
    private static final int WORKLOADS = 8_152;
    private static final int NODES = 1_213;
    private static final int BATCH = 100;
    private static final int LANES = 4;
    private static final int PROJECTS = 20;
    private static final int REPORTS = 500;
    private static final int READS = 60;

    private final ApiProcess api;
    private final ApiProcess.Tenant tenant;
    private final Client admin;
    private final String cluster;
    private final ObjectNode figures = new ObjectMapper().createObjectNode();

    private SpeedMain() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("speed");
        admin = api.as(tenant.admin());
        cluster = admin.post("/clusters", Given.cluster("c"))
                .body()
                .at("/metadata/id")
                .asText();
        for (int i = 0; i < PROJECTS; i++) {
            admin.post("/projects", Given.project("p" + i, 8_000));
        }
    }

    public static void main(String[] arguments) throws Exception {
        var speed = new SpeedMain();
        speed.figures.put("durable", Boolean.getBoolean("berth.durable"));
        speed.submit("warm", 40);
        speed.figures.set("submit", speed.submit("w", (WORKLOADS + BATCH - 1) / BATCH));
        speed.report();
        speed.read();
        speed.both();
        System.out.println(speed.figures.toPrettyString());
        System.exit(0);
    }

    private ObjectNode submit(String prefix, int batches) throws Exception {
        var next = new AtomicInteger();
        var millis = new double[batches];
        long begin = System.nanoTime();
        var lanes = new ArrayList<CompletableFuture<Void>>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(lane(prefix, next, millis));
        }
        lanes.forEach(CompletableFuture::join);
        return figure(millis, begin).put("perSecond", Math.round(batches * BATCH / seconds(begin)));
    }

    private CompletableFuture<Void> lane(String prefix, AtomicInteger next, double[] millis) {
        int batch = next.getAndIncrement();
        if (batch >= millis.length) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            items.add(Given.workload(prefix + "-" + batch + "-" + i, "p" + i % PROJECTS, "c"));
        }
        String body = "{\"items\":[" + String.join(",", items) + "]}";
        long begin = System.nanoTime();
        return admin.http()
                .sendAsync(admin.request("POST", "/workloads:batch", body, Map.of()), BodyHandlers.ofString())
                .thenCompose(answer -> {
                    if (answer.body().split("\"status\":201", -1).length != BATCH + 1) {
                        throw new IllegalStateException(answer.body());
                    }
                    millis[batch] = (System.nanoTime() - begin) / 1e6;
                    return lane(prefix, next, millis);
                });
    }

    private void report() throws Exception {
        List<String> nodes = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add("n" + i);
            bodies.add(Given.node("n" + i));
        }
        figures.set("reportNodes", project("Node", nodes, bodies));
        List<String> ids = ids();
        for (String round : List.of("queued", "running", "same", "moved")) {
            List<String> statuses = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                int gpu = round.equals("moved") ? 1 : 0;
                statuses.add(
                        round.equals("queued") ? queued(i) : Given.running("n" + i % NODES, (i / NODES + gpu) % 8));
            }
            figures.set("report-" + round, project("Workload", ids, statuses));
        }
    }

    private static String queued(int position) {
        String check =
                "{\"stage\":\"quota\",\"passed\":false,\"detail\":\"Project p1 holds 8 of its 8 GPUs in pool default.\"}";
        return "{\"status\":{\"phase\":\"Queued\",\"reason\":\"OverQuota\",\"message\":\"Waits for 2 GPUs of its project.\",\"explanation\":"
                + "{\"reason\":\"OVER_QUOTA\",\"sentence\":\"Waits for 2 GPUs of its project.\",\"checks\":[" + check
                + "," + check + "," + check + "],\"position\":" + position
                + ",\"waiting\":8152,\"changes\":[{\"field\":\"gpu\",\"from\":\"2\",\"to\":\"1\",\"sentence\":\"With 1 GPU it would start.\"}]},"
                + "\"pods\":[],\"podCounts\":{},\"queuedAtMillis\":1700000000000}}";
    }

    private ObjectNode project(String kind, List<String> uids, List<String> bodies) throws Exception {
        int batches = (uids.size() + REPORTS - 1) / REPORTS;
        var millis = new double[batches];
        long begin = System.nanoTime();
        try (Connection database = api.admin();
                var call = database.prepareStatement("SELECT project_observed(?, ?, ?, ?, ?, ?)")) {
            for (int batch = 0; batch < batches; batch++) {
                int from = batch * REPORTS;
                int to = Math.min(uids.size(), from + REPORTS);
                Object[] kinds = new Object[to - from];
                Arrays.fill(kinds, kind);
                Object[] deleteds = new Object[to - from];
                Arrays.fill(deleteds, false);
                byte[][] bytes = bodies.subList(from, to).stream()
                        .map(body -> body.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
                long before = System.nanoTime();
                call.setObject(1, tenant.id());
                call.setObject(2, UUID.fromString(cluster));
                call.setArray(3, database.createArrayOf("text", kinds));
                call.setArray(
                        4, database.createArrayOf("text", uids.subList(from, to).toArray()));
                call.setArray(5, database.createArrayOf("bytea", bytes));
                call.setArray(6, database.createArrayOf("bool", deleteds));
                call.executeQuery().next();
                millis[batch] = (System.nanoTime() - before) / 1e6;
            }
        }
        return figure(millis, begin).put("perSecond", Math.round(uids.size() / seconds(begin)));
    }

    private void read() throws Exception {
        for (String path : List.of(
                "/workloads/summary",
                "/workloads/summary?project=p1,p2",
                "/workloads?limit=50",
                "/workloads?limit=50&total=true",
                "/workloads?limit=50&status=Running&sort=-gpus",
                "/workloads?limit=50&status=Queued",
                "/workloads?limit=50&sort=status",
                "/workloads?limit=50&sort=name&project=p3",
                "/workloads?limit=50&q=w-7-",
                "/workloads?limit=50&sort=-updatedAt",
                "/workloads?limit=500",
                "/projects?limit=50",
                "/clusters",
                "/node-pools",
                "/nodes?limit=50",
                "/nodes?limit=500",
                "/clusters/c/map")) {
            var millis = new double[READS];
            String next = "";
            long begin = System.nanoTime();
            for (int i = -READS; i < READS; i++) {
                long before = System.nanoTime();
                String cursor = next.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "cursor=" + next;
                HttpResponse<String> answer =
                        admin.http().send(admin.request("GET", path + cursor, null, Map.of()), BodyHandlers.ofString());
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - before) / 1e6;
                }
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.body());
                }
                next = new ObjectMapper().readTree(answer.body()).path("next").asText("");
                next = next.equals("null") ? "" : next;
            }
            figures.set("GET " + path, figure(millis, begin));
        }
    }

    /** Submissions while reports come in: both take the tenant's lock. */
    private void both() throws Exception {
        List<String> ids = ids();
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            statuses.add(Given.running("n" + i % NODES, (i / NODES + 3) % 8));
        }
        var reports = CompletableFuture.supplyAsync(() -> {
            try {
                return project("Workload", ids, statuses);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        figures.set("submitWhileReporting", submit("both", 40));
        figures.set("reportWhileSubmitting", reports.join());
    }

    private List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection database = api.admin();
                var query = database.prepareStatement(
                        "SELECT id FROM workloads WHERE tenant_id = ? AND name LIKE 'w-%' ORDER BY id LIMIT "
                                + WORKLOADS)) {
            query.setObject(1, tenant.id());
            var found = query.executeQuery();
            while (found.next()) {
                ids.add(found.getString(1));
            }
        }
        return ids;
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static ObjectNode figure(double[] millis, long begin) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new ObjectMapper()
                .createObjectNode()
                .put("p50Millis", rounded(sorted[sorted.length / 2]))
                .put("p95Millis", rounded(sorted[(int) (sorted.length * 0.95)]))
                .put("maxMillis", rounded(sorted[sorted.length - 1]))
                .put("seconds", rounded(seconds(begin)));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
