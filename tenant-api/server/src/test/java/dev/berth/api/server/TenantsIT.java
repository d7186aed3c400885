package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.server.rest.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Walks every operation of the contract as a stranger, and as a tenant that must not see another's objects. */
final class TenantsIT {
    /** Words that only tenant A's objects hold. */
    private static final String MARK = "zebra-of-a";

    private final RouteTable routes = new RouteTable();

    @Test
    void everyOperationRefusesAStranger() throws Exception {
        ApiProcess api = ApiProcess.get();
        for (RouteTable.Operation operation : routes.operations()) {
            var answer = api.as(null)
                    .send(operation.method(), filled(operation, "x"), operation.body() ? "{}" : null, Map.of());
            assertThat(answer.status()).as(operation.id()).isEqualTo(operation.open() ? 422 : 401);
            assertThat(answer.header("Content-Type")).as(operation.id()).isEqualTo("application/problem+json");
        }
    }

    @Test
    void everyOperationOnTheObjectsOfAFindsNothingAsB() throws Exception {
        ApiProcess api = ApiProcess.get();
        ApiProcess.Tenant a = api.tenant("walk-a");
        ApiProcess.Tenant b = api.tenant("walk-b");
        List<String> keys = fill(api, api.as(a.admin()), a);
        // B has a cluster and project of its own, so that nothing fails for want of those.
        Client asB = api.as(b.admin());
        asB.post("/clusters", Given.cluster("own"));
        asB.post("/projects", Given.project("own", 1));

        List<String> walked = new ArrayList<>();
        for (RouteTable.Operation operation : routes.operations()) {
            if (operation.open() || operation.id().matches("signOut|watch")) {
                continue;
            }
            for (String key : operation.path().contains("{") ? keys : List.of("none")) {
                var answer = asB.send(
                        operation.method(), filled(operation, key), body(operation, key), Map.of("If-Match", "*"));
                if (operation.path().contains("{")) {
                    assertThat(answer.status()).as(operation.id() + " " + key).isEqualTo(404);
                } else if (operation.method().equals("GET")) {
                    assertThat(answer.status()).as(operation.id()).isEqualTo(200);
                    assertThat(answer.raw().body())
                            .as(operation.id())
                            .doesNotContain(MARK)
                            .doesNotContain(a.id().toString());
                    keys.forEach(foreign ->
                            assertThat(answer.raw().body()).as(operation.id()).doesNotContain(foreign));
                }
            }
            walked.add(operation.id());
        }
        assertThat(walked).hasSizeGreaterThan(30);
        assertThat(api.as(a.admin()).get("/workloads").body().path("items"))
                .as("A is untouched")
                .hasSize(1);
    }

    @Test
    void bCannotReferToTheObjectsOfA() throws Exception {
        ApiProcess api = ApiProcess.get();
        ApiProcess.Tenant a = api.tenant("ref-a");
        ApiProcess.Tenant b = api.tenant("ref-b");
        String cluster = api.as(a.admin())
                .post("/clusters", Given.cluster("theirs"))
                .body()
                .at("/metadata/id")
                .asText();
        String project = api.as(a.admin())
                .post("/projects", Given.project("theirs", 1))
                .body()
                .at("/metadata/id")
                .asText();
        Client asB = api.as(b.admin());
        asB.post("/clusters", Given.cluster("own"));
        asB.post("/projects", Given.project("own", 1));

        assertThat(asB.post("/workloads", Given.workload("w", project, "own"))
                        .body()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/spec/project");
        assertThat(asB.post("/workloads", Given.workload("w", "own", cluster))
                        .body()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/spec/cluster");
        assertThat(asB.post("/node-pools", "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"cluster\":\"" + cluster + "\"}}")
                        .status())
                .isEqualTo(422);
        assertThat(asB.post("/projects", "{\"metadata\":{\"name\":\"theirs\"}}").status())
                .as("a name that A uses is free for B")
                .isEqualTo(201);
    }

    private static List<String> fill(ApiProcess api, Client admin, ApiProcess.Tenant a) throws Exception {
        List<String> keys = new ArrayList<>();
        String cluster = admin.post("/clusters", Given.cluster(MARK + "-c"))
                .body()
                .at("/metadata/id")
                .asText();
        keys.add(cluster);
        keys.add(admin.post("/departments", "{\"metadata\":{\"name\":\"" + MARK + "-d\"}}")
                .body()
                .at("/metadata/id")
                .asText());
        keys.add(admin.post("/projects", Given.project(MARK + "-p", 1))
                .body()
                .at("/metadata/id")
                .asText());
        keys.add(admin.post(
                        "/node-pools",
                        "{\"metadata\":{\"name\":\"" + MARK + "-n\"},\"spec\":{\"cluster\":\"" + MARK + "-c\"}}")
                .body()
                .at("/metadata/id")
                .asText());
        keys.add(admin.post("/workloads", Given.workload(MARK + "-w", MARK + "-p", MARK + "-c"))
                .body()
                .at("/metadata/id")
                .asText());
        keys.add(admin.post("/tokens", "{\"name\":\"" + MARK + "\"}")
                .body()
                .path("id")
                .asText());
        Given.reported(api, a.id(), cluster, "Node", "n", Given.node(MARK + "-node"));
        keys.addAll(List.of(MARK + "-c", MARK + "-d", MARK + "-p", MARK + "-n", MARK + "-w"));
        assertThat(keys).allMatch(key -> !key.isEmpty());
        return keys;
    }

    private static String filled(RouteTable.Operation operation, String key) {
        String path = operation.path().replaceAll("\\{[A-Za-z]+\\}", key);
        return operation.id().equals("watch") ? path + "?topics=workloads" : path;
    }

    private static String body(RouteTable.Operation operation, String key) {
        if (!operation.body()) {
            return null;
        }
        String name = key.matches("[0-9a-f-]{36}") ? "some" : key;
        String spec = operation.path().contains("node-pools") ? "{\"cluster\":\"own\"}" : "{}";
        return Map.of(
                        "createToken",
                        "{\"name\":\"t\"}",
                        "submitWorkloads",
                        "{\"items\":[" + Given.workload("w", "own", "own") + "]}")
                .getOrDefault(operation.id(), "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}");
    }

    @Test
    void theContractNamesEveryOperationOnce() {
        var ids = routes.operations().stream().map(RouteTable.Operation::id).collect(Collectors.toList());
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(35);
    }
}
