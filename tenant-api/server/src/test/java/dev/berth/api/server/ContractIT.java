package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.rest.RouteTable;
import dev.berth.api.server.wire.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is answered is what the contract says. */
final class ContractIT {
    private final RouteTable routes = new RouteTable();
    private final JsonNode document = Json.trusted(routes.json().toString());

    @Test
    void answersHaveTheSchemaOfTheirOperation() throws Exception {
        ApiProcess api = ApiProcess.get();
        ApiProcess.Tenant tenant = api.tenant("contract");
        Client admin = api.as(tenant.admin());

        String cluster = check("createCluster", admin.post("/clusters", Given.cluster("c")))
                .at("/metadata/id")
                .asText();
        check(
                "createDepartment",
                admin.post("/departments", "{\"metadata\":{\"name\":\"d\",\"labels\":{\"a\":\"b\"}}}"));
        check("createProject", admin.post("/projects", Given.project("p", 1)));
        check(
                "createNodePool",
                admin.post("/node-pools", "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"cluster\":\"c\"}}"));
        check("createJoinToken", admin.post("/clusters/c/join-token", null));
        check("createToken", admin.post("/tokens", "{\"name\":\"t\"}"));
        String id = check("submitWorkload", admin.post("/workloads", Given.workload("w", "p", "c")))
                .at("/metadata/id")
                .asText();
        check(
                "submitWorkloads",
                admin.post("/workloads:batch", "{\"items\":[" + Given.workload("x", "p", "c") + ",{}]}"));
        Given.reported(api, tenant.id(), cluster, "Node", "n", Given.node("n1"));
        Given.reported(api, tenant.id(), cluster, "Workload", id, Given.running("n1", 1));

        for (Map.Entry<String, String> read : Map.ofEntries(
                        Map.entry("whoAmI", "/auth/me"),
                        Map.entry("listTokens", "/tokens"),
                        Map.entry("listDepartments", "/departments"),
                        Map.entry("getDepartment", "/departments/d"),
                        Map.entry("listProjects", "/projects"),
                        Map.entry("getProject", "/projects/p"),
                        Map.entry("listNodePools", "/node-pools"),
                        Map.entry("getNodePool", "/node-pools/n"),
                        Map.entry("listClusters", "/clusters"),
                        Map.entry("getCluster", "/clusters/c"),
                        Map.entry("getClusterMap", "/clusters/c/map"),
                        Map.entry("listNodes", "/nodes"),
                        Map.entry("listWorkloads", "/workloads?total=true"),
                        Map.entry("summarizeWorkloads", "/workloads/summary"),
                        Map.entry("getWorkload", "/workloads/w"),
                        Map.entry("explainWorkload", "/workloads/w/explanation"))
                .entrySet()) {
            check(read.getKey(), admin.get(read.getValue()));
        }
        check("stopWorkload", admin.post("/workloads/w:stop", null));
        check("deleteWorkload", admin.delete("/workloads/w", null));
        valid("Problem", admin.get("/workloads/nothing").body(), "a problem");
        valid("Problem", admin.post("/workloads", "{}").body(), "a problem with errors");
    }

    private JsonNode check(String operationId, Client.Answer answer) {
        RouteTable.Operation operation = routes.operations().stream()
                .filter(one -> one.id().equals(operationId))
                .findFirst()
                .orElseThrow();
        String method = operation.method().toLowerCase(java.util.Locale.ROOT);
        JsonNode response = document.path("paths")
                .path(operation.path())
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.status()));
        assertThat(response.isMissingNode())
                .as(operationId + " answered " + answer.raw().body())
                .isFalse();
        String reference = response.at("/content/application~1json/schema/$ref").asText();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        valid(reference.substring(reference.lastIndexOf('/') + 1), answer.body(), operationId);
        return answer.body();
    }

    private void valid(String schema, JsonNode body, String what) {
        JsonObject root = new JsonObject()
                .put("$id", "https://berth.local/contract")
                .put("$ref", "#/components/schemas/" + schema)
                .put("components", new JsonObject(document.path("components").toString()));
        var options = new JsonSchemaOptions()
                .setBaseUri("https://berth.local")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        var result = Validator.create(JsonSchema.of(root), options).validate(new JsonObject(body.toString()));
        assertThat(result.getValid())
                .as(what + ": " + result.toJson() + "\n" + body)
                .isTrue();
    }
}
