package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.rest.RouteTable;
import dev.berth.api.server.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every field that the contract lets users write, with what it cannot be: a pointer to it comes back, and nothing is kept. */
final class WrongTypesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** By kind of value: what it cannot be. */
    private static final Map<String, List<String>> WRONG = Map.of(
            "string", List.of("7", "true", "[]", "{}", "0.5"),
            "integer", List.of("\"7\"", "true", "[]", "{}", "0.5", "99999999999999999999", "-99999999999999"),
            "number", List.of("\"7\"", "true", "[]", "{}", "-1"),
            "boolean", List.of("\"true\"", "1", "[]", "{}"),
            "array", List.of("\"a\"", "7", "true", "{}", "[7]", "[[]]"),
            "object", List.of("\"a\"", "7", "true", "[]"));
    /** What the server sets and takes back unread. */
    private static final Set<String> UNREAD = Set.of("/spec/stopped");

    private final JsonNode document = Json.trusted(new RouteTable().json().toString());
    private final List<String> tried = new ArrayList<>();

    @Test
    void everyFieldRefusesWhatItCannotBe() throws Exception {
        ApiProcess api = ApiProcess.get();
        ApiProcess.Tenant tenant = api.tenant("types");
        Client admin = api.as(tenant.admin());
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
        String session =
                admin.post("/auth/sign-in", signIn(tenant)).body().path("token").asText();
        Client user = api.as(session);
        var before = Proof.rows(api, tenant.id());

        walk(admin, "POST", "/workloads", "WorkloadWrite", Given.workload("w", "p", "c"));
        walk(admin, "POST", "/departments", "DepartmentWrite", Given.project("d", 1));
        walk(admin, "POST", "/projects", "ProjectWrite", Given.project("q", 1));
        walk(admin, "PUT", "/projects/p", "ProjectWrite", Given.project("p", 2));
        walk(admin, "POST", "/clusters", "ClusterWrite", Given.cluster("d"));
        walk(
                admin,
                "POST",
                "/node-pools",
                "NodePoolWrite",
                "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"cluster\":\"c\"}}");
        walk(admin, "POST", "/tokens", "TokenRequest", "{\"name\":\"t\"}");
        walk(user, "POST", "/auth/password", "PasswordChange", "{\"newPassword\":\"a brand new password\"}");
        walk(api.as(null), "POST", "/auth/sign-in", "SignIn", signIn(tenant));
        walk(api.as(null), "POST", "/auth/one-time", "OneTime", "{\"token\":\"t\"}");

        assertThat(tried).hasSizeGreaterThan(300);
        assertThat(new HashSet<>(tried)).contains("WorkloadWrite/spec/resources/gpu/devices", "OneTime/token");
        assertThat(Proof.rows(api, tenant.id())).isEqualTo(before);
        assertThat(admin.post("/workloads", Given.workload("w", "p", "c")).status())
                .isEqualTo(201);
    }

    private static String signIn(ApiProcess.Tenant tenant) {
        return "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD + "\"}";
    }

    private void walk(Client client, String method, String path, String schema, String sound) throws Exception {
        var call = new Call(client, method, path, schema, (ObjectNode) JSON.readTree(sound));
        fields(call, resolved(document.at("/components/schemas/" + schema)), "");
    }

    private record Call(Client client, String method, String path, String schema, ObjectNode sound) {
        Client.Answer with(String pointer, String value) throws Exception {
            ObjectNode body = sound.deepCopy();
            String[] steps = pointer.substring(1).split("/", -1);
            ObjectNode at = body;
            for (int i = 0; i < steps.length - 1; i++) {
                at = at.path(steps[i]) instanceof ObjectNode inside ? inside : at.putObject(steps[i]);
            }
            at.set(steps[steps.length - 1], JSON.readTree(value));
            return client.send(method, path, body.toString(), Map.of("If-Match", "*"));
        }
    }

    private void fields(Call call, JsonNode object, String pointer) throws Exception {
        for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
            String at = pointer + "/" + property.getKey();
            JsonNode schema = resolved(property.getValue());
            String type = schema.path("type").asText();
            if (!UNREAD.contains(at)) {
                for (String value : WRONG.get(type)) {
                    expect(call, at, value);
                }
            }
            if (schema.has("enum")) {
                expect(call, at, "\"nonsense\"");
            }
            if (schema.has("maxLength")) {
                expect(call, at, '"' + "x".repeat(schema.get("maxLength").asInt() + 1) + '"');
            }
            if (type.equals("object") && schema.has("properties")) {
                fields(call, schema, at);
            }
        }
        expect(call, pointer + "/surprise", "1");
    }

    private void expect(Call call, String pointer, String value) throws Exception {
        var answer = call.with(pointer, value);
        String what = call.schema() + pointer + " = " + value;
        Proof.refused(answer, what);
        assertThat(answer.status()).as(what).isEqualTo(422);
        assertThat(answer.body().path("errors").findValuesAsText("pointer"))
                .as(what)
                .anyMatch(told -> told.equals(pointer) || told.startsWith(pointer + "/"));
        tried.add(call.schema() + pointer);
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }
}
