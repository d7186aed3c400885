package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do with each resource, through HTTP and down to the rows that clusters read. */
final class StoriesIT {
    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private Client admin;
    private Client researcher;

    @BeforeEach
    void aTenant() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("story");
        admin = api.as(tenant.admin());
        researcher = api.as(tenant.researcher());
    }

    @Test
    void signingInWithAPasswordGivesATokenThatEndsWithTheSignOut() throws Exception {
        var signedIn = api.as(null)
                .post(
                        "/auth/sign-in",
                        "{\"email\":\"ADMIN@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD
                                + "\"}");
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).contains("berth_session=", "HTTPOnly", "SameSite=Strict");
        Client session = api.as(signedIn.body().path("token").asText());

        var me = session.get("/auth/me");
        assertThat(me.body().at("/user/role").asText()).isEqualTo("admin");
        assertThat(me.body().at("/tenant/name").asText()).isEqualTo(tenant.name());
        assertThat(me.body().path("csrfToken")).isEqualTo(signedIn.body().path("csrfToken"));
        assertThat(session.post("/auth/sign-out", null).status()).isEqualTo(204);
        assertThat(session.get("/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserReadTheSame() throws Exception {
        var wrong = api.as(null)
                .post("/auth/sign-in", "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"no\"}");
        var unknown = api.as(null)
                .post("/auth/sign-in", "{\"email\":\"nobody@" + tenant.name() + ".test\",\"password\":\"no\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.body().path("detail")).isEqualTo(wrong.body().path("detail"));
    }

    @Test
    void aOneTimeLinkWorksOnceAndLetsAPasswordBeSet() throws Exception {
        String token = ApiProcess.await(api.bootstrap.oneTimeToken(tenant.id(), "manager@" + tenant.name() + ".test"));
        var first = api.as(null).post("/auth/one-time", "{\"token\":\"" + token + "\"}");
        var second = api.as(null).post("/auth/one-time", "{\"token\":\"" + token + "\"}");
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(401);

        Client session = api.as(first.body().path("token").asText());
        assertThat(session.post("/auth/password", "{\"newPassword\":\"a brand new password\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.as(null)
                        .post(
                                "/auth/sign-in",
                                "{\"email\":\"manager@" + tenant.name()
                                        + ".test\",\"password\":\"a brand new password\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCookieNeedsTheCsrfTokenToWrite() throws Exception {
        var signedIn = api.as(null)
                .post(
                        "/auth/sign-in",
                        "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD
                                + "\"}");
        String cookie = "berth_session=" + signedIn.body().path("token").asText();
        Client page = api.as(null);

        assertThat(page.send("GET", "/projects", null, Map.of("Cookie", cookie)).status())
                .isEqualTo(200);
        assertThat(page.send("POST", "/clusters", Given.cluster("c"), Map.of("Cookie", cookie))
                        .status())
                .isEqualTo(403);
        String csrf = signedIn.body().path("csrfToken").asText();
        assertThat(page.send("POST", "/clusters", Given.cluster("c"), Map.of("Cookie", cookie, "X-CSRF-Token", csrf))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void personalTokensAreShownOnceListedAndRevoked() throws Exception {
        var made = researcher.post("/tokens", "{\"name\":\"laptop\",\"expiresInDays\":7}");
        Client other = api.as(made.body().path("token").asText());

        assertThat(made.body().path("token").asText()).startsWith("berth_pat_");
        assertThat(other.get("/auth/me").status()).isEqualTo(200);
        var listed = researcher.get("/tokens").body().path("items");
        assertThat(listed.toString()).contains("laptop").doesNotContain("berth_pat_");
        assertThat(researcher
                        .delete("/tokens/" + made.body().path("id").asText(), null)
                        .status())
                .isEqualTo(204);
        assertThat(other.get("/auth/me").status()).isEqualTo(401);
    }

    @Test
    void departmentsAndProjectsAreEditedWithTheirVersions() throws Exception {
        Client manager = api.as(tenant.manager());
        var department = manager.post(
                "/departments", "{\"metadata\":{\"name\":\"research\"},\"spec\":{\"displayName\":\"Research\"}}");
        assertThat(department.status()).isEqualTo(201);
        var project = manager.post(
                "/projects", "{\"metadata\":{\"name\":\"vision\"},\"spec\":{\"department\":\"research\"}}");
        assertThat(project.status()).isEqualTo(201);
        assertThat(project.header("Location"))
                .isEqualTo(
                        "/api/v1/projects/" + project.body().at("/metadata/id").asText());
        assertThat(project.body().at("/spec/department").asText()).isEqualTo("research");
        assertThat(manager.post("/projects", "{\"metadata\":{\"name\":\"vision\"}}")
                        .status())
                .isEqualTo(409);

        String changed = "{\"metadata\":{\"name\":\"vision\"},\"spec\":{\"department\":\"research\",\"priority\":7}}";
        assertThat(manager.put("/projects/vision", changed, null).status()).isEqualTo(428);
        assertThat(manager.put("/projects/vision", changed, "\"v0\"").status()).isEqualTo(412);
        var replaced = manager.put("/projects/vision", changed, project.header("ETag"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.body().at("/spec/priority").asInt()).isEqualTo(7);
        assertThat(manager.put("/projects/vision", changed, project.header("ETag"))
                        .status())
                .isEqualTo(412);

        assertThat(manager.delete("/departments/research", department.header("ETag"))
                        .code())
                .isEqualTo("conflict");
        assertThat(manager.delete("/projects/vision", replaced.header("ETag")).status())
                .isEqualTo(204);
        assertThat(manager.delete("/departments/research", "*").status()).isEqualTo(204);
        assertThat(manager.get("/projects/vision").status()).isEqualTo(404);
    }

    @Test
    void whatOneReadsCanBeSentBack() throws Exception {
        admin.post("/clusters", Given.cluster("c"));
        var project = admin.post("/projects", Given.project("p", 4000));
        var pool = admin.post("/node-pools", "{\"metadata\":{\"name\":\"a100\"},\"spec\":{\"cluster\":\"c\"}}");
        for (String path : List.of("/projects/p", "/node-pools/a100?cluster=c")) {
            var read = admin.get(path);
            assertThat(admin.put(path, read.raw().body(), read.header("ETag")).status())
                    .isEqualTo(200);
        }
        assertThat(project.body().at("/spec/quotas/0/cpuMilli/quota").asLong()).isEqualTo(-1);
        assertThat(pool.body().at("/spec/labelValue").asText()).isEqualTo("a100");
    }

    @Test
    void researchersRunWorkloadsAndChangeNothingElse() throws Exception {
        assertThat(researcher.post("/projects", Given.project("p", 0)).status()).isEqualTo(403);
        assertThat(researcher.post("/clusters", Given.cluster("c")).status()).isEqualTo(403);
        assertThat(api.as(tenant.manager())
                        .post("/clusters", Given.cluster("c"))
                        .status())
                .isEqualTo(403);
        assertThat(admin.post("/clusters", Given.cluster("c")).status()).isEqualTo(201);
        assertThat(api.as(tenant.manager())
                        .post("/projects", Given.project("p", 0))
                        .status())
                .isEqualTo(201);
        assertThat(researcher.post("/workloads", Given.workload("w", "p", "c")).status())
                .isEqualTo(201);
    }

    @Test
    void aWorkloadGoesFromSubmissionToRunningToGone() throws Exception {
        String cluster = admin.post("/clusters", Given.cluster("borealis"))
                .body()
                .at("/metadata/id")
                .asText();
        admin.post("/projects", Given.project("vision", 8000));
        var submitted = researcher.post("/workloads", Given.workload("train", "vision", "borealis"));
        String id = submitted.body().at("/metadata/id").asText();
        assertThat(submitted.status()).isEqualTo(201);
        assertThat(submitted.body().at("/status/phase").asText()).isEqualTo("Queued");
        assertThat(submitted.body().at("/status/reason").asText()).isEqualTo("ClusterOffline");
        assertThat(desired(cluster)).containsExactly("NodePool default", "Project vision", "Workload train");

        Given.reported(api, tenant.id(), cluster, "Node", "n1", Given.node("n1"));
        Given.reported(api, tenant.id(), cluster, "Workload", id, Given.running("n1", 3));
        var running = researcher.get("/workloads/train?project=vision");
        assertThat(running.body().at("/status/phase").asText()).isEqualTo("Running");
        assertThat(running.body().at("/status/pods/0/startedAt").asText()).isEqualTo("2023-11-14T22:13:20.000Z");
        assertThat(admin.get("/projects/vision")
                        .body()
                        .at("/status/allocatedGpuMilli")
                        .asLong())
                .isEqualTo(1000);
        assertThat(admin.get("/clusters/borealis").body().at("/status/gpus").asInt())
                .isEqualTo(8);
        var node = admin.get("/nodes?cluster=borealis").body().at("/items/0/status");
        assertThat(node.at("/gpus/3/holders/0/name").asText()).isEqualTo("train");
        assertThat(node.at("/allocated/cpuMilli").asLong()).isEqualTo(500);
        var map = admin.get("/clusters/borealis/map").body();
        assertThat(map.at("/nodes/0").toString()).isEqualTo("[\"n1\",\"default\",\"A100\",8,true]");
        assertThat(map.at("/holders/0/4").toString()).isEqualTo("[[0,3,1000]]");
        assertThat(admin.get("/node-pools/default?cluster=borealis")
                        .body()
                        .at("/status/allocatedGpuMilli")
                        .asLong())
                .isEqualTo(1000);

        var stopping = researcher.post("/workloads/" + id + ":stop", null);
        assertThat(stopping.status()).isEqualTo(202);
        assertThat(stopping.body().at("/status/phase").asText()).isEqualTo("Stopping");
        assertThat(stopping.body().at("/spec/stopped").asBoolean()).isTrue();
        var deleting = researcher.delete("/workloads/" + id, null);
        assertThat(deleting.status()).isEqualTo(202);
        assertThat(deleting.body().at("/status/deleting").asBoolean()).isTrue();
        Given.reported(api, tenant.id(), cluster, "Workload", id, null);
        assertThat(researcher.get("/workloads/" + id).status()).isEqualTo(404);
        assertThat(admin.delete("/projects/vision", "*").status()).isEqualTo(204);
        assertThat(admin.delete("/clusters/borealis", null).status()).isEqualTo(204);
    }

    @Test
    void aNewClusterGetsEverythingInOrder() throws Exception {
        admin.post("/clusters", Given.cluster("first"));
        admin.post("/projects", Given.project("p1", 1));
        admin.post("/departments", "{\"metadata\":{\"name\":\"d1\"}}");
        String second = admin.post("/clusters", Given.cluster("second"))
                .body()
                .at("/metadata/id")
                .asText();
        assertThat(desired(second)).containsExactly("Department d1", "Project p1", "NodePool default");
    }

    @Test
    void aBatchGivesEachItemItsOwnOutcome() throws Exception {
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
        String items = String.join(
                ",",
                Given.workload("a", "p", "c"),
                Given.workload("a", "p", "c"),
                Given.workload("b", "nowhere", "c"),
                "{\"metadata\":{\"name\":\"B!\"},\"spec\":{\"project\":\"p\",\"cluster\":\"c\",\"workers\":0,\"surprise\":1}}",
                Given.workload("d", "p", "c"));
        var results = researcher
                .post("/workloads:batch", "{\"items\":[" + items + "]}")
                .body()
                .path("results");

        assertThat(results.findValuesAsText("index")).containsExactly("0", "1", "2", "3", "4");
        List<Integer> statuses = new ArrayList<>();
        results.forEach(result -> statuses.add(result.path("status").asInt()));
        assertThat(statuses).containsExactly(201, 409, 422, 422, 201);
        assertThat(results.at("/2/problem/errors/0/pointer").asText()).isEqualTo("/spec/project");
        assertThat(results.at("/3/problem/errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/metadata/name", "/spec/workers", "/spec/surprise");
        assertThat(researcher.get("/workloads?total=true").body().path("total").asInt())
                .isEqualTo(2);
    }

    @Test
    void listsArePagedFilteredSortedAndCounted() throws Exception {
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
        admin.post("/projects", Given.project("q", 1));
        for (int i = 0; i < 7; i++) {
            researcher.post("/workloads", Given.workload("w" + i, i % 2 == 0 ? "p" : "q", "c"));
        }
        for (String sort :
                List.of("createdAt", "-createdAt", "name", "-name", "status", "-gpus", "updatedAt", "-updatedAt")) {
            List<String> names = new ArrayList<>();
            String cursor = "";
            do {
                var page = researcher
                        .get("/workloads?limit=3&sort=" + sort + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                        .body();
                page.path("items")
                        .forEach(item -> names.add(item.at("/metadata/name").asText()));
                cursor = page.path("next").asText("");
                cursor = cursor.equals("null") ? "" : cursor;
            } while (!cursor.isEmpty());
            assertThat(names).as(sort).hasSize(7).doesNotHaveDuplicates();
            if (sort.equals("createdAt") || sort.equals("name")) {
                assertThat(names).isSorted();
            }
        }
        assertThat(researcher.get("/workloads?project=q").body().path("items")).hasSize(3);
        assertThat(researcher
                        .get("/workloads?project=p,q&status=Queued&q=w3&cluster=c&pool=default")
                        .body()
                        .path("items"))
                .hasSize(1);
        var summary = researcher.get("/workloads/summary?project=p").body();
        assertThat(summary.at("/byStatus/Queued").asInt()).isEqualTo(4);
        assertThat(researcher.get("/projects?limit=1").body().path("next").isTextual())
                .isTrue();
    }

    @Test
    void anExplanationIsTheSchedulersOwnWord() throws Exception {
        String cluster = admin.post("/clusters", Given.cluster("c"))
                .body()
                .at("/metadata/id")
                .asText();
        admin.post("/projects", Given.project("p", 1));
        String id = researcher
                .post("/workloads", Given.workload("w", "p", "c"))
                .body()
                .at("/metadata/id")
                .asText();
        assertThat(researcher
                        .get("/workloads/" + id + "/explanation")
                        .body()
                        .path("explanation")
                        .isNull())
                .isTrue();
        Given.reported(
                api,
                tenant.id(),
                cluster,
                "Workload",
                id,
                "{\"status\":{\"phase\":\"Queued\",\"reason\":\"OverQuota\",\"message\":\"m\",\"explanation\":{\"reason\":\"OVER_QUOTA\",\"sentence\":\"s\",\"checks\":[],\"position\":1,\"waiting\":2,\"changes\":[]}}}");
        var explained = researcher.get("/workloads/w/explanation").body();
        assertThat(explained.at("/explanation/reason").asText()).isEqualTo("OverQuota");
        assertThat(researcher.get("/workloads?reason=OverQuota").body().path("items"))
                .hasSize(1);
    }

    @Test
    void aJoinTokenIsMadeForTheAgent() throws Exception {
        String id = admin.post("/clusters", Given.cluster("c"))
                .body()
                .at("/metadata/id")
                .asText();
        var token = admin.post("/clusters/c/join-token", null);
        assertThat(token.status()).isEqualTo(201);
        assertThat(token.body().path("token").asText()).matches("bt1\\." + id + "\\.[A-Za-z0-9_-]{43}\\.none");
    }

    @Test
    void aRepeatedPostAnswersAsTheFirst() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var first = admin.send("POST", "/clusters", Given.cluster("c"), key);
        var second = admin.send("POST", "/clusters", Given.cluster("c"), key);
        var other = admin.send("POST", "/clusters", Given.cluster("d"), key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.raw().body()).isEqualTo(first.raw().body());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(other.status()).isEqualTo(422);

        // As if the first were still under way.
        try (Connection connection = api.admin();
                var unanswered =
                        connection.prepareStatement("UPDATE idempotency_keys SET status = NULL WHERE tenant_id = ?")) {
            unanswered.setObject(1, tenant.id());
            unanswered.executeUpdate();
        }
        assertThat(admin.send("POST", "/clusters", Given.cluster("c"), key).status())
                .isEqualTo(409);
    }

    @Test
    void ofConcurrentEditsOneWins() throws Exception {
        var project = admin.post("/projects", Given.project("p", 1));
        var answers = new ArrayList<java.util.concurrent.CompletableFuture<java.net.http.HttpResponse<String>>>();
        for (int i = 0; i < 8; i++) {
            answers.add(admin.http()
                    .sendAsync(
                            admin.request(
                                    "PUT",
                                    "/projects/p",
                                    Given.project("p", i),
                                    Map.of("If-Match", project.header("ETag"))),
                            java.net.http.HttpResponse.BodyHandlers.ofString()));
        }
        var statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses.stream().filter(status -> status == 412)).hasSize(7);
    }

    private List<String> desired(String cluster) throws Exception {
        try (Connection connection = api.admin();
                var query = connection.prepareStatement(
                        "SELECT kind || ' ' || (convert_from(body, 'UTF8')::jsonb #>> '{metadata,name}') FROM desired_log WHERE cluster_id = ? ORDER BY dseq")) {
            query.setObject(1, UUID.fromString(cluster));
            var found = new ArrayList<String>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
