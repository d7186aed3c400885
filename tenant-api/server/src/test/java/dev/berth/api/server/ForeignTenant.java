package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tenant A with one object of each kind, all marked, and what tenant B tries on them, operation by operation. */
final class ForeignTenant {
    /** A word that stands in the names of A's objects and nowhere else. */
    static final String MARK = "zebra";

    static final String KEY = "the-key-that-a-used";

    final ApiProcess.Tenant tenant;
    final String cluster;
    final String department;
    final String project;
    final String pool;
    final String workload;
    final String token;
    final String cursor;
    final String session;

    /** A request of B and the statuses that it may get. */
    record Try(String path, String body, List<Integer> statuses) {
        static Try of(String path, String body, Integer... statuses) {
            return new Try(path, body, List.of(statuses));
        }
    }

    ForeignTenant(ApiProcess api) throws Exception {
        tenant = api.tenant("foreign");
        Client admin = api.as(tenant.admin());
        cluster = id(admin, "/clusters", "{\"metadata\":{\"name\":\"zebra-c\",\"labels\":{\"a\":\"zebra\"}}}");
        department = id(admin, "/departments", "{\"metadata\":{\"name\":\"zebra-d\"}}");
        project = id(admin, "/projects", "{\"metadata\":{\"name\":\"zebra-p\"},\"spec\":{\"department\":\"zebra-d\"}}");
        id(admin, "/projects", "{\"metadata\":{\"name\":\"zebra-q\"}}");
        pool = id(admin, "/node-pools", "{\"metadata\":{\"name\":\"zebra-n\"},\"spec\":{\"cluster\":\"zebra-c\"}}");
        var made = admin.send(
                "POST", "/workloads", Given.workload("zebra-w", "zebra-p", "zebra-c"), Map.of("Idempotency-Key", KEY));
        assertThat(made.status()).isEqualTo(201);
        workload = made.body().at("/metadata/id").asText();
        token = admin.post("/tokens", "{\"name\":\"zebra\"}").body().path("id").asText();
        Given.reported(api, tenant.id(), cluster, "Node", "zebra-node", Given.node("zebra-node"));
        Given.reported(api, tenant.id(), cluster, "Workload", workload, Given.running("zebra-node", 3));
        admin.post("/clusters/zebra-c/join-token", null);
        cursor = admin.get("/projects?limit=1").body().path("next").asText();
        session = api.as(null)
                .post(
                        "/auth/sign-in",
                        "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD + "\"}")
                .body()
                .path("token")
                .asText();
        assertThat(secrets()).doesNotContain("").allMatch(text -> text.length() > 8);
    }

    private static String id(Client admin, String path, String body) throws Exception {
        var made = admin.post(path, body);
        assertThat(made.status()).as(path).isEqualTo(201);
        return made.body().at("/metadata/id").asText();
    }

    /** What B must never read. */
    List<String> secrets() {
        UUID id = tenant.id();
        return List.of(
                id.toString(), tenant.name(), cluster, department, project, pool, workload, token, cursor, session);
    }

    /** What B tries, by operation. */
    Map<String, List<Try>> tries() {
        Map<String, List<Try>> tries = new LinkedHashMap<>();
        auth(tries);
        organisation(tries);
        clusters(tries);
        workloads(tries);
        tries.put("watch", List.of(Try.of("/watch?topics=workloads,nodes,clusters,projects,samples", null, 200)));
        return tries;
    }

    private void auth(Map<String, List<Try>> tries) {
        String email = "admin@" + tenant.name() + ".test";
        tries.put(
                "signIn",
                List.of(Try.of("/auth/sign-in", "{\"email\":\"" + email + "\",\"password\":\"not the one\"}", 401)));
        tries.put(
                "useOneTimeLink",
                List.of(
                        Try.of("/auth/one-time", "{\"token\":\"" + token + "\"}", 401),
                        Try.of("/auth/one-time", "{\"token\":\"" + tenant.admin() + "\"}", 401),
                        Try.of("/auth/one-time", "{\"token\":\"" + session + "\"}", 401)));
        tries.put("signOut", List.of(Try.of("/auth/sign-out", null, 204)));
        tries.put("whoAmI", List.of(Try.of("/auth/me", null, 200)));
        tries.put(
                "changePassword",
                List.of(Try.of(
                        "/auth/password",
                        "{\"currentPassword\":\"not the one\",\"newPassword\":\"a brand new password\"}",
                        422)));
        tries.put("listTokens", List.of(Try.of("/tokens", null, 200), Try.of("/tokens?cursor=" + cursor, null, 400)));
        tries.put("createToken", List.of(Try.of("/tokens", "{\"name\":\"mine\"}", 201)));
        tries.put("deleteToken", List.of(Try.of("/tokens/" + token, null, 404)));
    }

    private void organisation(Map<String, List<Try>> tries) {
        String quota = "{\"metadata\":{\"name\":\"mine-1\"},\"spec\":{\"quotas\":[{\"cluster\":\"" + cluster
                + "\",\"nodePool\":\"default\"}]}}";
        String ofTheirs = "{\"metadata\":{\"name\":\"mine-2\"},\"spec\":{\"department\":\"" + department + "\"}}";
        tries.put(
                "listDepartments",
                List.of(Try.of("/departments", null, 200), Try.of("/departments?cursor=" + cursor, null, 400)));
        tries.put(
                "createDepartment",
                List.of(
                        Try.of("/departments", quota, 422),
                        Try.of(
                                "/departments",
                                "{\"metadata\":{\"name\":\"mine-3\",\"id\":\"" + department + "\"}}",
                                201)));
        one(tries, "Department", "/departments/", department, "zebra-d", "{}");
        tries.put(
                "listProjects",
                List.of(
                        Try.of("/projects", null, 200),
                        Try.of("/projects?department=zebra-d," + department, null, 200),
                        Try.of("/projects?cursor=" + cursor, null, 200),
                        Try.of("/projects?watch=true&department=zebra-d", null, 200)));
        tries.put(
                "createProject",
                List.of(
                        Try.of("/projects", quota, 422),
                        Try.of("/projects", ofTheirs, 422),
                        Try.of("/projects", ofTheirs.replace(department, "zebra-d"), 422),
                        Try.of("/projects", "{\"metadata\":{\"name\":\"mine-4\",\"id\":\"" + project + "\"}}", 201)));
        one(tries, "Project", "/projects/", project, "zebra-p", "{}");
        tries.get("replaceProject").add(Try.of("/projects/own", ofTheirs.replace("mine-2", "own"), 422));
        tries.get("replaceProject").add(Try.of("/projects/own", quota.replace("mine-1", "own"), 422));
    }

    private void clusters(Map<String, List<Try>> tries) {
        tries.put(
                "listClusters",
                List.of(
                        Try.of("/clusters", null, 200),
                        Try.of("/clusters?cursor=" + cursor, null, 400),
                        Try.of("/clusters?watch=true", null, 200)));
        tries.put(
                "createCluster",
                List.of(Try.of("/clusters", "{\"metadata\":{\"name\":\"mine-5\",\"id\":\"" + cluster + "\"}}", 201)));
        tries.put("getCluster", both("/clusters/", cluster, "zebra-c", "", null));
        tries.put("deleteCluster", both("/clusters/", cluster, "zebra-c", "", null));
        tries.put("createJoinToken", both("/clusters/", cluster, "zebra-c", "/join-token", null));
        tries.put("getClusterMap", both("/clusters/", cluster, "zebra-c", "/map", null));
        tries.put(
                "listNodes",
                List.of(
                        Try.of("/nodes", null, 200),
                        Try.of("/nodes?cluster=zebra-c," + cluster, null, 200),
                        Try.of("/nodes?pool=zebra-n,default", null, 200),
                        Try.of("/nodes?watch=true&cluster=" + cluster, null, 200)));
        tries.put(
                "listNodePools",
                List.of(Try.of("/node-pools", null, 200), Try.of("/node-pools?cluster=zebra-c," + cluster, null, 200)));
        tries.put(
                "createNodePool",
                List.of(
                        Try.of("/node-pools", pool("mine-6", cluster), 422),
                        Try.of("/node-pools", pool("mine-6", "zebra-c"), 422)));
        one(tries, "NodePool", "/node-pools/", pool, "zebra-n", "{\"cluster\":\"own\"}");
        tries.get("getNodePool").add(Try.of("/node-pools/default?cluster=" + cluster, null, 404));
        tries.get("deleteNodePool").add(Try.of("/node-pools/zebra-n?cluster=zebra-c", null, 404));
        tries.get("replaceNodePool").add(Try.of("/node-pools/own", pool("own", cluster), 422));
    }

    private void workloads(Map<String, List<Try>> tries) {
        String filters = "?project=zebra-p," + project + "&cluster=zebra-c," + cluster;
        tries.put(
                "listWorkloads",
                List.of(
                        Try.of("/workloads?total=true", null, 200),
                        Try.of("/workloads" + filters, null, 200),
                        Try.of("/workloads?q=zebra&total=true", null, 200),
                        Try.of("/workloads?watch=true&project=" + project, null, 200)));
        tries.put(
                "summarizeWorkloads",
                List.of(Try.of("/workloads/summary", null, 200), Try.of("/workloads/summary" + filters, null, 200)));
        List<String> bodies = List.of(
                Given.workload("mine-7", project, "own"),
                Given.workload("mine-7", "zebra-p", "own"),
                Given.workload("mine-7", "own", cluster),
                Given.workload("mine-7", "own", "zebra-c"));
        List<Try> single = new ArrayList<>();
        // With A's idempotency key each time: A's answer must not come back.
        bodies.forEach(body -> single.add(Try.of("/workloads", body, 422)));
        single.add(Try.of("/workloads", Given.workload("zebra-w", "zebra-p", "zebra-c"), 422));
        tries.put("submitWorkload", single);
        tries.put(
                "submitWorkloads",
                List.of(Try.of("/workloads:batch", "{\"items\":[" + String.join(",", bodies) + "]}", 200)));
        tries.put("getWorkload", both("/workloads/", workload, "zebra-w", "", null));
        tries.get("getWorkload").add(Try.of("/workloads/zebra-w?project=" + project, null, 404));
        tries.put("deleteWorkload", both("/workloads/", workload, "zebra-w", "", null));
        tries.put("stopWorkload", both("/workloads/", workload, "zebra-w", ":stop", null));
        tries.put("readWorkloadLogs", both("/workloads/", workload, "zebra-w", "/logs?follow=true", null));
        tries.put("execInWorkload", both("/workloads/", workload, "zebra-w", "/exec?command=sh", null));
        tries.put("attachToWorkload", both("/workloads/", workload, "zebra-w", "/attach", null));
        tries.put("forwardWorkloadPort", both("/workloads/", workload, "zebra-w", "/port-forward?port=80", null));
        tries.put("explainWorkload", both("/workloads/", workload, "zebra-w", "/explanation", null));
    }

    private static String pool(String name, String cluster) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"cluster\":\"" + cluster + "\"}}";
    }

    private static void one(
            Map<String, List<Try>> tries, String kind, String collection, String id, String name, String spec) {
        String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}";
        tries.put("get" + kind, both(collection, id, name, "", null));
        tries.put("replace" + kind, both(collection, id, name, "", body));
        tries.put("delete" + kind, both(collection, id, name, "", null));
    }

    private static List<Try> both(String collection, String id, String name, String action, String body) {
        return new ArrayList<>(
                List.of(Try.of(collection + id + action, body, 404), Try.of(collection + name + action, body, 404)));
    }
}
