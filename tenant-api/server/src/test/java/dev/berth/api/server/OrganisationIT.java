package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What managers do with departments, projects and quotas, and who may not. */
final class OrganisationIT {
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
    void whatIsUsedIsToldForEachPoolOfEachCluster() throws Exception {
        String north = admin.post("/clusters", Given.cluster("north"))
                .body()
                .at("/metadata/id")
                .asText();
        admin.post("/clusters", Given.cluster("south"));
        admin.post("/departments", "{\"metadata\":{\"name\":\"research\"}}");
        for (String name : List.of("vision", "speech", "idle")) {
            admin.post(
                    "/projects", "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"department\":\"research\"}}");
        }
        String running = admin.post("/workloads", Given.workload("runs", "vision", "north"))
                .body()
                .at("/metadata/id")
                .asText();
        admin.post("/workloads", Given.workload("waits", "vision", "south"));
        admin.post("/workloads", Given.workload("waits-too", "vision", "south"));
        admin.post("/workloads", Given.workload("waits", "speech", "south"));
        Given.reported(api, tenant.id(), north, "Node", "n1", Given.node("n1"));
        Given.reported(api, tenant.id(), north, "Workload", running, Given.running("n1", 3));

        assertThat(usage("/projects/vision"))
                .containsExactly("south default 0 4000 0 2", "north default 1000 2000 1 0");
        assertThat(usage("/projects/idle")).isEmpty();
        assertThat(usage("/departments/research"))
                .containsExactly("south default 0 6000 0 3", "north default 1000 2000 1 0");
        var total = admin.get("/departments/research").body().at("/status");
        assertThat(total.at("/allocatedGpuMilli").asLong()).isEqualTo(1000);
        assertThat(total.at("/requestedGpuMilli").asLong()).isEqualTo(8000);
    }

    /** Cluster, pool, held, asked, running and queued of each place. */
    private List<String> usage(String path) throws Exception {
        var places = new ArrayList<String>();
        for (var place : admin.get(path).body().at("/status/usage")) {
            places.add(String.join(
                    " ",
                    place.at("/cluster").asText(),
                    place.at("/nodePool").asText(),
                    place.at("/allocatedGpuMilli").asText(),
                    place.at("/requestedGpuMilli").asText(),
                    place.at("/running").asText(),
                    place.at("/queued").asText()));
        }
        return places;
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
}
