package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many submissions go through. The figures are printed and not asserted, as the machine may be busy. */
@Tag("benchmark")
final class ThroughputIT {
    private static final int WARM_UP = 20;
    private static final int BATCHES = 40;
    private static final int SINGLES = 600;
    private static final int PARALLEL = 8;

    @Test
    void submissionsBySingleAndByBatch() throws Exception {
        ApiProcess api = ApiProcess.get();
        ApiProcess.Tenant tenant = api.tenant("fast");
        Client admin = api.as(tenant.admin());
        admin.post("/clusters", Given.cluster("c"));
        admin.post("/projects", Given.project("p", 1));
        batches(admin, "warm", WARM_UP);
        singles(admin, "warm-single", SINGLES / 3);

        long batchNanos = batches(admin, "b", BATCHES);
        long singleNanos = singles(admin, "s", SINGLES);

        System.out.printf(
                "{\"batchOf100Millis\": %.1f, \"batchPerSecond\": %.0f, \"singleMillis\": %.2f, \"parallel\": %d, \"singlePerSecond\": %.0f}%n",
                batchNanos / 1e6 / BATCHES,
                BATCHES * 100 / (batchNanos / 1e9),
                singleNanos / 1e6 / SINGLES,
                PARALLEL,
                SINGLES / (singleNanos / 1e9));
        assertThat(admin.get("/workloads?limit=1&total=true")
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo((WARM_UP + BATCHES) * 100 + SINGLES / 3 + SINGLES);
    }

    private static long batches(Client client, String prefix, int count) throws Exception {
        long before = System.nanoTime();
        for (int batch = 0; batch < count; batch++) {
            var items = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                items.add(Given.workload(prefix + "-" + batch + "-" + i, "p", "c"));
            }
            var answer = client.post("/workloads:batch", "{\"items\":[" + String.join(",", items) + "]}");
            assertThat(answer.body().at("/results/99/status").asInt()).isEqualTo(201);
        }
        return System.nanoTime() - before;
    }

    private static long singles(Client client, String prefix, int count) {
        long before = System.nanoTime();
        var lanes = new ArrayList<CompletableFuture<?>>();
        for (int lane = 0; lane < PARALLEL; lane++) {
            CompletableFuture<?> chain = CompletableFuture.completedFuture(null);
            for (int i = lane; i < count; i += PARALLEL) {
                var request =
                        client.request("POST", "/workloads", Given.workload(prefix + "-" + i, "p", "c"), Map.of());
                chain = chain.thenCompose(done -> client.http().sendAsync(request, BodyHandlers.ofString()))
                        .thenAccept(answer -> assertThat(answer.statusCode()).isEqualTo(201));
            }
            lanes.add(chain);
        }
        lanes.forEach(CompletableFuture::join);
        return System.nanoTime() - before;
    }
}
