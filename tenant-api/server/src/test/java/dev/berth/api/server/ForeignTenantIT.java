package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.api.server.ForeignTenant.Try;
import dev.berth.api.spec.Contract;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenant B goes through every operation of the contract with A's ids and names; a new operation must bring its tries. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ForeignTenantIT {
    private static final Set<String> NO_METHODS = Set.of("parameters", "summary", "description", "servers");

    private ApiProcess api;
    private ForeignTenant a;
    private ApiProcess.Tenant b;
    private Client asB;

    @BeforeEach
    void twoTenants() throws Exception {
        api = ApiProcess.get();
        a = new ForeignTenant(api);
        b = api.tenant("walker");
        asB = api.as(b.admin());
        // B has things of its own, so that nothing fails for want of those.
        asB.post("/clusters", Given.cluster("own"));
        asB.post("/projects", Given.project("own", 1));
        asB.post("/node-pools", "{\"metadata\":{\"name\":\"own\"},\"spec\":{\"cluster\":\"own\"}}");
        asB.post("/workloads", Given.workload("own", "own", "own"));
    }

    @Test
    void everyOperationHasItsTries() throws Exception {
        assertThat(a.tries().keySet()).isEqualTo(methods().keySet());
    }

    @Test
    void noOperationShowsOrChangesWhatIsOfA() throws Exception {
        Map<String, String> methods = methods();
        Map<String, String> before = Proof.rows(api, a.tenant.id());
        for (Map.Entry<String, List<Try>> operation : a.tries().entrySet()) {
            for (Try one : operation.getValue()) {
                String what = operation.getKey() + " " + one.path() + " " + one.body();
                String method = methods.get(operation.getKey());
                boolean stream = one.path().contains("watch");
                String answer = stream ? begun(one.path()) : answered(method, one, what);
                assertTellsNothing(answer, what, one);
                assertThat(Proof.rows(api, a.tenant.id())).as(what).isEqualTo(before);
            }
        }
        assertThat(api.as(a.session).get("/auth/me").status()).isEqualTo(200);
        assertThat(api.as(a.tenant.admin()).get("/workloads/zebra-w").status()).isEqualTo(200);
    }

    @Test
    void theSameTriesAsASucceed() throws Exception {
        // Else the walk would prove nothing: what B is refused is there for A.
        Client asA = api.as(a.tenant.admin());
        for (String path : List.of(
                "/departments/" + a.department,
                "/projects/zebra-p",
                "/node-pools/" + a.pool,
                "/clusters/zebra-c/map",
                "/workloads/" + a.workload + "/explanation")) {
            assertThat(asA.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(asA.get("/nodes?cluster=zebra-c").raw().body()).contains("zebra-node", a.workload);
        assertThat(asA.get("/workloads?q=zebra").body().path("items")).hasSize(1);
    }

    @Test
    void namesOfAAreFreeForB() throws Exception {
        Client asA = api.as(a.tenant.admin());
        String theirs = asA.get("/clusters/zebra-c").raw().body();
        assertThat(asB.post("/clusters", Given.cluster("zebra-c")).status()).isEqualTo(201);
        assertThat(asB.post("/departments", "{\"metadata\":{\"name\":\"zebra-d\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(asB.post("/projects", Given.project("zebra-p", 1)).status()).isEqualTo(201);
        var twin = asB.post("/workloads", Given.workload("zebra-w", "zebra-p", "zebra-c"));
        assertThat(twin.status()).isEqualTo(201);
        assertThat(twin.raw().body()).doesNotContain(a.secrets());
        assertThat(asB.delete("/workloads/zebra-w", null).status()).isEqualTo(202);
        assertThat(asA.get("/clusters/zebra-c").raw().body()).isEqualTo(theirs);
        assertThat(asA.get("/workloads/zebra-w").body().at("/status/phase").asText())
                .isEqualTo("Running");
    }

    @Test
    void streamsOfBTellNothingOfAAsItHappens() throws Exception {
        for (String path : List.of(
                "/watch?topics=workloads,nodes,clusters,projects,samples",
                "/workloads?watch=true",
                "/nodes?watch=true",
                "/clusters?watch=true",
                "/projects?watch=true")) {
            try (BufferedReader stream = open(path)) {
                upTo(stream, beginning(path));
                String name = ForeignTenant.MARK + "-" + Math.abs(path.hashCode());
                Client asA = api.as(a.tenant.admin());
                asA.post("/clusters", Given.cluster(name));
                asA.post("/projects", Given.project(name, 1));
                asA.post("/workloads", Given.workload(name, "zebra-p", "zebra-c"));
                Given.reported(api, a.tenant.id(), a.cluster, "Node", name, Given.node(name));
                String own = "own" + Math.abs(path.hashCode());
                String cluster = asB.post("/clusters", Given.cluster(own))
                        .body()
                        .at("/metadata/id")
                        .asText();
                asB.post("/projects", Given.project(own, 1));
                asB.post("/workloads", Given.workload(own, "own", "own"));
                Given.reported(api, b.id(), cluster, "Node", own, Given.node(own));
                assertThat(upTo(stream, own)).as(path).doesNotContain(ForeignTenant.MARK);
            }
        }
    }

    private String answered(String method, Try one, String what) throws Exception {
        boolean open = one.path().equals("/auth/sign-in") || one.path().equals("/auth/one-time");
        Map<String, String> headers = Map.of("If-Match", "*", "Idempotency-Key", ForeignTenant.KEY + one.hashCode());
        boolean keyOfA = one.path().equals("/workloads");
        var answer = (open ? api.as(null) : asB)
                .send(method, one.path(), one.body(), keyOfA ? Map.of("Idempotency-Key", ForeignTenant.KEY) : headers);
        if (keyOfA && answer.body().at("/errors/0/code").asText().equals("idempotency-key-reused")) {
            answer = asB.send(method, one.path(), one.body(), headers);
        }
        assertThat(one.statuses()).as(what + " -> " + answer.raw().body()).contains(answer.status());
        assertThat(answer.header("Idempotency-Replayed")).as(what).isEmpty();
        if (answer.status() >= 400) {
            Proof.refused(answer, what);
        }
        return answer.raw().headers().map() + "\n" + answer.raw().body();
    }

    /** What B itself sent may come back in a refusal ("there is no ..."); nothing else of A may. */
    private void assertTellsNothing(String answer, String what, Try one) {
        String sent = one.path() + one.body();
        List<String> untold = new ArrayList<>(a.secrets());
        untold.add(ForeignTenant.MARK);
        untold.removeIf(sent::contains);
        assertThat(answer).as(what).doesNotContain(untold);
        if (one.statuses().contains(200) || one.statuses().contains(201)) {
            String items = answer.replaceAll("\"detail\":\"(?:[^\"\\\\]|\\\\.)*\"", "");
            assertThat(items).as(what).doesNotContain(a.secrets()).doesNotContain(ForeignTenant.MARK);
        }
    }

    /** What a stream begins with. */
    private String begun(String path) throws Exception {
        try (BufferedReader stream = open(path)) {
            return upTo(stream, beginning(path));
        }
    }

    private static String beginning(String path) {
        return path.startsWith("/watch") ? ": begin" : "BOOKMARK";
    }

    private BufferedReader open(String path) throws Exception {
        HttpResponse<InputStream> response =
                asB.http().send(asB.request("GET", path, null, Map.of()), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static String upTo(BufferedReader stream, String word) throws Exception {
        var read = new StringBuilder();
        int heartbeats = 0;
        for (String line = stream.readLine(); line != null && heartbeats < 4; line = stream.readLine()) {
            read.append(line).append('\n');
            heartbeats += line.startsWith(":") ? 1 : 0;
            if (line.contains(word)) {
                return read.toString();
            }
        }
        throw new AssertionError("The stream did not tell " + word + ": " + read);
    }

    /** Every operation of the contract and its method, read from the document itself. */
    private static Map<String, String> methods() throws Exception {
        JsonNode document = new YAMLMapper().readTree(Contract.openApi());
        Map<String, String> methods = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (!NO_METHODS.contains(operation.getKey())) {
                    String id = operation.getValue().path("operationId").asText();
                    String twice = methods.put(id, operation.getKey().toUpperCase(java.util.Locale.ROOT));
                    assertThat(twice).as(id).isNull();
                }
            }
        }
        assertThat(methods).hasSizeGreaterThan(35);
        return methods;
    }
}
