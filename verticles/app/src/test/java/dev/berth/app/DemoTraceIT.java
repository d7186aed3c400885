package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace goes through the whole platform, in peace and while tunnels and gateway break, and ends alike. */
class DemoTraceIT {
    private static final Path TRACES = Path.of(System.getProperty("berth.traces", "../../../shared/traces"));

    @TempDir
    private Path folder;

    @Test
    void theProductionTraceIsReplayedToItsEndAndBothSidesAgree() throws IOException {
        Path openb = TRACES.resolve("openb");
        assumeTrue(Files.isDirectory(openb), "no trace in " + openb + "; set -Dberth.traces");

        JsonNode report = replay("calm", openb, "default");

        holds(report, 8_152);
        assertThat(report.path("nodes").asInt()).isEqualTo(1_213);
        assertThat(report.path("gpus").asInt()).isEqualTo(6_212);
        assertThat(report.at("/gpuAllocation/max").asDouble()).isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void cutTunnelsAndARestartedGatewayChangeNothingAtTheEnd() throws IOException {
        Path trace = OwnTrace.write(folder, 400);

        JsonNode calm = replay("calm", trace, OwnTrace.NAME);
        JsonNode chaos = replay("chaos", trace, OwnTrace.NAME, "--chaos");

        holds(calm, 400 + OwnTrace.TOO_LARGE);
        holds(chaos, 400 + OwnTrace.TOO_LARGE);
        assertThat(chaos.path("gatewayRestarts").asInt()).isEqualTo(2);
        assertThat(chaos.path("finalState")).isEqualTo(calm.path("finalState"));
        assertThat(calm.path("neverFits").asInt()).isEqualTo(OwnTrace.TOO_LARGE);
        assertThat(calm.path("neverFitsReasons").toString())
                .contains("No node of pool default could hold a pod with 8 GPUs of T4");
    }

    private JsonNode replay(String name, Path trace, String pods, String... more) throws IOException {
        Path file = folder.resolve(name + ".json");
        String[] arguments = {
            "demo",
            "--trace",
            trace.toString(),
            "--pods",
            pods,
            "--speed",
            "max",
            "--headless",
            "--until-done",
            "--report",
            file.toString()
        };
        String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
        try (BerthProcess demo = BerthProcess.start(folder, name, all)) {
            assertThat(demo.exit(300)).as(demo.output()).isZero();
        }
        return new ObjectMapper().readTree(file.toFile());
    }

    private static void holds(JsonNode report, int submitted) {
        assertThat(report.path("submitted").asInt()).isEqualTo(submitted);
        assertThat(report.path("finished").asInt() + report.path("neverFits").asInt())
                .isEqualTo(submitted);
        assertThat(report.path("unsettled").asInt()).isZero();
        assertThat(report.path("lost").asInt()).isZero();
        assertThat(report.path("duplicateBindings").asInt()).isZero();
        assertThat(report.path("overcommitViolations").asInt())
                .as(report.path("violations").toString())
                .isZero();
        assertThat(report.path("controlPlaneEqualsCluster").asBoolean())
                .as(report.path("differences").toString())
                .isTrue();
    }
}
