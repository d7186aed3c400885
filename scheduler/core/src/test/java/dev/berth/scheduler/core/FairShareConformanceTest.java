package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.scheduler.core.queue.Claim;
import dev.berth.scheduler.core.queue.FairShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The division cases of the conformance corpus. */
class FairShareConformanceTest {
    private static final double EXACT = 1e-3;

    @Test
    void dividesAsTheCorpusSays() throws IOException {
        Path file = corpus();
        assumeTrue(Files.exists(file), "no conformance corpus at " + file);
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (JsonNode one : new ObjectMapper().readTree(file.toFile())) {
            if (one.path("mode").asText().equals("fairshare")) {
                cases++;
                String difference = difference(one);
                if (!difference.isEmpty()) {
                    failures.add(
                            one.path("id").asText() + " " + one.path("name").asText() + ":" + difference);
                }
            }
        }
        System.out.println("fairshare: " + (cases - failures.size()) + " of " + cases);
        assertThat(cases).isPositive();
        assertThat(failures).isEmpty();
    }

    static Path corpus() {
        String given = System.getProperty("berth.conformance");
        return given != null && !given.isEmpty()
                ? Path.of(given)
                : Path.of(System.getProperty("berth.root", "../.."), "../shared/conformance/kai-cases.json");
    }

    private static String difference(JsonNode one) {
        JsonNode division = one.path("division");
        StringBuilder difference = new StringBuilder();
        if (division.path("total").isObject()) {
            division.path("total")
                    .fieldNames()
                    .forEachRemaining(resource -> difference.append(difference(
                            one, resource, division.path("total").path(resource).asDouble())));
        } else {
            difference.append(difference(
                    one,
                    division.path("resource").asText(),
                    division.path("total").asDouble()));
        }
        return difference.toString();
    }

    private static String difference(JsonNode one, String resource, double total) {
        JsonNode division = one.path("division");
        double k = division.path("kValue").asDouble();
        long unit = unit(resource);
        List<Claim> claims = new ArrayList<>();
        division.path("queues").forEach(queue -> claims.add(claim(queue, resource)));
        double remaining = division.path("function").asText().startsWith("divideOverQuota")
                ? FairShare.divideOverQuota(claims, total * unit, unit, k)
                : FairShare.divide(claims, total * unit, unit, k);
        StringBuilder difference = new StringBuilder();
        JsonNode expected = one.path("expected");
        for (Claim claim : claims) {
            JsonNode share = expected.path("fairShare").path(claim.id).path(resource);
            if (share.isNumber() && Math.abs(share.asDouble() - claim.fairShare / unit) > EXACT) {
                difference.append(' ').append(Map.of("queue", claim.id, "want", share, "got", claim.fairShare));
            }
        }
        if (expected.path("remaining").isNumber()
                && Math.abs(expected.path("remaining").asDouble() - remaining / unit) > EXACT) {
            difference.append(" remaining ").append(remaining);
        }
        return difference.toString();
    }

    private static Claim claim(JsonNode queue, String resource) {
        JsonNode share = queue.path(resource);
        Claim claim = new Claim(
                queue.path("uid").asText(),
                queue.path("priority").asInt(),
                queue.path("creationOrder").asLong(),
                new Amount(
                        amount(share.path("quota"), resource),
                        amount(share.path("limit"), resource),
                        share.path("overQuotaWeight").asDouble()),
                share.path("request").asDouble() * unit(resource),
                share.path("usage").asDouble());
        claim.fairShare = share.path("initialFairShare").asDouble() * unit(resource);
        return claim;
    }

    private static long amount(JsonNode value, String resource) {
        return value.asDouble() < 0 ? Amount.UNLIMITED : Math.round(value.asDouble() * unit(resource));
    }

    /** The corpus counts whole GPUs, the division thousandths. */
    private static long unit(String resource) {
        return resource.equals("gpu") ? Dimension.GPU.unit() : 1;
    }
}
