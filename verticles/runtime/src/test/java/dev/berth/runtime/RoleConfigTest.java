package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleConfigTest {
    record Sample(
            @Doc("Who may join.") String owner,

            @Doc(value = "Port, 1 to 65535.", standard = "8090")
            int port,

            @Doc(value = "Peers.", standard = "[]") List<String> peers,

            @Doc(value = "Password.", standard = "", secret = true)
            String password) {
        Sample {
            if (port < 1) {
                throw new IllegalArgumentException("Expected 1 to 65535 as port, but got " + port + ".");
            }
        }
    }

    @Test
    void theFileFillsTheRecordAndDefaultsFillTheRest() {
        RoleConfig reader = new RoleConfig(Map.of());

        Sample sample = reader.read("gateway", Sample.class, Map.of("owner", "acme", "peers", List.of("a:1")));

        assertThat(reader.problems()).isEmpty();
        assertThat(sample).isEqualTo(new Sample("acme", 8090, List.of("a:1"), ""));
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        RoleConfig reader = new RoleConfig(Map.of("BERTH_AGENT_BOREALIS_PORT", "7"));

        Sample sample = reader.read("agent@borealis", Sample.class, Map.of("owner", "acme", "port", 9));

        assertThat(sample).isNotNull().extracting(Sample::port).isEqualTo(7);
    }

    @Test
    void allProblemsAreToldAtOnceAndNameTheirKeys() {
        RoleConfig reader = new RoleConfig(Map.of());

        Sample sample = reader.read("gateway", Sample.class, Map.of("prot", 1, "port", "many"));

        assertThat(sample).isNull();
        assertThat(reader.problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("gateway.prot", "owner, password, peers, port"))
                .anySatisfy(problem -> assertThat(problem).contains("gateway.owner", "required", "BERTH_GATEWAY_OWNER"))
                .anySatisfy(problem -> assertThat(problem).contains("gateway.port", "expected int", "many"));
    }

    @Test
    void aValueThatTheRecordRefusesIsAProblemOfTheSection() {
        RoleConfig reader = new RoleConfig(Map.of());

        assertThat(reader.read("gateway", Sample.class, Map.of("owner", "acme", "port", 0)))
                .isNull();
        assertThat(reader.problems()).singleElement().asString().contains("gateway", "Expected 1 to 65535 as port");
    }

    @Test
    void aSecretIsNeverShown() {
        RoleConfig reader = new RoleConfig(Map.of());

        reader.read("gateway", Sample.class, Map.of("owner", "acme", "password", List.of("hunter2")));

        assertThat(reader.problems())
                .singleElement()
                .asString()
                .contains("gateway.password")
                .doesNotContain("hunter2");
    }
}
