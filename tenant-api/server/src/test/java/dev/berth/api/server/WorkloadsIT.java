package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What researchers do with workloads, through HTTP and down to the rows that clusters read. */
final class WorkloadsIT {
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
        assertThat(Given.desired(api, cluster)).containsExactly("NodePool default", "Project vision", "Workload train");

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
}
