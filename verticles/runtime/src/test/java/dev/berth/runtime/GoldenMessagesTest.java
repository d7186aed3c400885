package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.ChangeContract;
import dev.berth.contract.ClusterLogContract;
import dev.berth.contract.MetricsContract;
import dev.berth.contract.SchedulerContract;
import dev.berth.model.ClusterId;
import dev.berth.model.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the bus as people read it; a change here is a change of what other processes must understand. */
class GoldenMessagesTest {
    static Stream<Record> messages() {
        return Stream.of(
                new ChangeContract.Changed(new TenantId("acme"), 41),
                new ClusterLogContract.Grew(new ClusterId("borealis")),
                new MetricsContract.Samples(
                        new TenantId("acme"),
                        new ClusterId("borealis"),
                        1_764_000_000_000L,
                        List.of(new MetricsContract.Sample("gpu.allocated.milli", "b-03", 7500))),
                new SchedulerContract.CycleDone("borealis", 7, 3, 2, 4_096, 1_500));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageReadsAsItsGoldenFileAndComesBackFromIt(Record message) throws IOException {
        String golden = golden(message.getClass().getSimpleName());

        assertThat(RecordJson.toJson(message)).isEqualTo(golden);
        assertThat(RecordJson.fromJson(golden, message.getClass())).isEqualTo(message);
    }

    private static String golden(String name) throws IOException {
        try (var in = GoldenMessagesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
