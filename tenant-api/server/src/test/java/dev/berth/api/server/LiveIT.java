package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.contract.MetricsContract;
import dev.berth.model.ClusterId;
import dev.berth.model.TenantId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams: from the beginning, from a version, and what happens when that version is gone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LiveIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private Client admin;
    private String cluster;

    private record Told(String id, String event, JsonNode data) {
        String name() {
            return data.at("/metadata/name").asText();
        }
    }

    @BeforeEach
    void aCluster() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("live");
        admin = api.as(tenant.admin());
        cluster = admin.post("/clusters", Given.cluster("c"))
                .body()
                .at("/metadata/id")
                .asText();
        admin.post("/projects", Given.project("p", 1));
    }

    @Test
    void aWatchBeginsWithWhatIsThereAndGoesOnWithWhatChanges() throws Exception {
        admin.post("/workloads", Given.workload("before", "p", "c"));
        try (var stream = open("/workloads?watch=true", Map.of())) {
            assertThat(stream.any().name()).isEqualTo("before");
            Told bookmark = stream.any();
            assertThat(bookmark.event()).isEqualTo("BOOKMARK");
            String id = admin.post("/workloads", Given.workload("after", "p", "c"))
                    .body()
                    .at("/metadata/id")
                    .asText();
            Told added = stream.next();
            assertThat(added.event()).isEqualTo("ADDED");
            assertThat(added.name()).isEqualTo("after");
            assertThat(Long.parseLong(added.id())).isGreaterThan(Long.parseLong(bookmark.id()));
            Given.reported(api, tenant.id(), cluster, "Workload", id, Given.running("n1", 0));
            Told running = stream.next();
            assertThat(running.event()).isEqualTo("MODIFIED");
            assertThat(running.data().at("/status/phase").asText()).isEqualTo("Running");
            admin.delete("/workloads/" + id, null);
            stream.next();
            Given.reported(api, tenant.id(), cluster, "Workload", id, null);
            assertThat(stream.next().event()).isEqualTo("DELETED");
        }
    }

    @Test
    void aBrokenStreamContinuesBehindTheLastEventWithoutLoss() throws Exception {
        String seen;
        try (var stream = open("/workloads?watch=true", Map.of())) {
            stream.begin();
            admin.post("/workloads", Given.workload("w0", "p", "c"));
            seen = stream.next().id();
        }
        for (int i = 1; i <= 5; i++) {
            admin.post("/workloads", Given.workload("w" + i, "p", "c"));
        }
        try (var stream = open("/workloads?watch=true", Map.of("Last-Event-ID", seen))) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                names.add(stream.next().name());
            }
            assertThat(names).containsExactly("w1", "w2", "w3", "w4", "w5");
        }
    }

    @Test
    void aCompactedVersionIsGone() throws Exception {
        try (Connection database = api.admin();
                var compact = database.prepareStatement("UPDATE tenants SET compacted = version WHERE id = ?")) {
            compact.setObject(1, tenant.id());
            compact.executeUpdate();
        }
        var answer = admin.send("GET", "/workloads?watch=true&resourceVersion=1", null, Map.of());
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.code()).isEqualTo("gone");
    }

    @Test
    void theConsolesStreamCarriesSeveralTopicsAndOnlyItsTenants() throws Exception {
        try (var stream = open("/watch?topics=workloads,nodes,clusters,projects,samples", Map.of())) {
            ApiProcess.Tenant other = api.tenant("other");
            api.as(other.admin()).post("/clusters", Given.cluster("foreign"));
            api.bus.publish(MetricsContract.SAMPLES, samples(other.id(), 1));
            Given.reported(api, tenant.id(), cluster, "Node", "u1", Given.node("n1"));
            admin.post("/workloads", Given.workload("w", "p", "c"));
            api.bus.publish(MetricsContract.SAMPLES, samples(tenant.id(), 2));

            List<String> topics = new ArrayList<>();
            while (!topics.containsAll(List.of("workloads", "nodes", "clusters", "projects", "samples"))) {
                Told told = stream.next();
                assertThat(told.event()).isEqualTo("change");
                topics.add(told.data().path("topic").asText());
                assertThat(told.data().toString()).doesNotContain("foreign");
                if (told.data().path("topic").asText().equals("samples")) {
                    assertThat(told.data().at("/object/samples/0/value").asDouble())
                            .isEqualTo(2);
                }
            }
        }
    }

    @Test
    void aWatchIsFilteredByProject() throws Exception {
        admin.post("/projects", Given.project("q", 1));
        try (var stream = open("/workloads?watch=true&project=q", Map.of())) {
            stream.begin();
            admin.post("/workloads", Given.workload("in-p", "p", "c"));
            admin.post("/workloads", Given.workload("in-q", "q", "c"));
            assertThat(stream.next().name()).isEqualTo("in-q");
        }
    }

    @Test
    void aBurstIsToldAsTheNewestState() throws Exception {
        String id = admin.post("/workloads", Given.workload("w", "p", "c"))
                .body()
                .at("/metadata/id")
                .asText();
        try (var stream = open("/workloads?watch=true", Map.of())) {
            stream.begin();
            for (int i = 0; i < 40; i++) {
                Given.reported(api, tenant.id(), cluster, "Workload", id, Given.running("n1", i % 8));
            }
            int told = 0;
            String gpu;
            do {
                gpu = stream.next().data().at("/status/pods/0/gpus/0").asText();
                told++;
            } while (!gpu.equals("7"));
            assertThat(told).isLessThan(40);
        }
    }

    private static MetricsContract.Samples samples(UUID tenant, double value) {
        return new MetricsContract.Samples(
                new TenantId(tenant.toString()),
                new ClusterId("c"),
                1,
                List.of(new MetricsContract.Sample("gpu.allocated.milli", "", value)));
    }

    private Stream open(String path, Map<String, String> headers) throws Exception {
        HttpResponse<InputStream> response =
                admin.http().send(admin.request("GET", path, null, headers), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private record Stream(BufferedReader reader) implements AutoCloseable {
        /** The next change; comments and bookmarks are passed over. */
        Told next() throws Exception {
            Told told = any();
            while (told.event().equals("BOOKMARK")) {
                told = any();
            }
            return told;
        }

        /** Passes over what is there at the beginning. */
        void begin() throws Exception {
            while (!any().event().equals("BOOKMARK")) {
                // What is there is told before the bookmark.
            }
        }

        Told any() throws Exception {
            String id = "";
            String event = "";
            String data = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Told(id, event, JSON.readTree(data));
                }
                id = line.startsWith("id: ") ? line.substring(4) : id;
                event = line.startsWith("event: ") ? line.substring(7) : event;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
            throw new AssertionError("The stream ended");
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }
}
