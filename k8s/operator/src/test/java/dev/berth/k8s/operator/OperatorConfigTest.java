package dev.berth.k8s.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.runtime.RoleConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorConfigTest {
    private final RoleConfig reader = new RoleConfig(Map.of());

    @Test
    void theClusterIsAllThatMustBeSaid() {
        OperatorConfig config = reader.read("operator", OperatorConfig.class, Map.of("cluster", "aurora"));

        assertThat(config).isEqualTo(new OperatorConfig("aurora", "", 64, 50, 200, 30_000, 60_000));
    }

    @Test
    void aValueOutOfItsRangeIsRefused() {
        reader.read(
                "operator",
                OperatorConfig.class,
                Map.of("cluster", "aurora", "retryMillis", 500, "maxRetryMillis", 400));

        assertThat(reader.problems()).singleElement().asString().contains("500 to 3600000 in maxRetryMillis");
    }

    @Test
    void anUnknownKeyIsRefused() {
        reader.read("operator", OperatorConfig.class, Map.of("cluster", "aurora", "threads", 1));

        assertThat(reader.problems()).singleElement().asString().contains("operator.threads");
    }
}
