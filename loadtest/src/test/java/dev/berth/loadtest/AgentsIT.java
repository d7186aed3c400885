package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as people run it, small: its figures are about the machine, its verdict is not. */
class AgentsIT {
    @TempDir
    Path folder;

    @Test
    void twentyAgentsLoseNothing() throws Exception {
        JsonNode report = run("--count", "20", "--rate", "200", "--seconds", "3");

        assertThat(report.get("sent").asLong()).isEqualTo(600);
        assertThat(report.get("acknowledged").asLong()).isEqualTo(600);
        assertThat(report.get("lost").asLong()).isZero();
        assertThat(report.get("reconnects").asLong()).isZero();
        JsonNode latency = report.get("latencyMillis");
        assertThat(latency.get("p50").asDouble()).isPositive();
        assertThat(latency.get("max").asDouble())
                .isGreaterThanOrEqualTo(latency.get("p999").asDouble());
        assertThat(report.get("machine").get("cores").asInt()).isPositive();
    }

    @Test
    void theyLoseNothingEitherWhenTheirEncryptedTunnelsAreCut() throws Exception {
        JsonNode report = run("--count", "5", "--rate", "200", "--seconds", "3", "--cut-every", "400", "--tls");

        assertThat(report.get("acknowledged").asLong()).isEqualTo(600);
        assertThat(report.get("lost").asLong()).isZero();
        assertThat(report.get("reconnects").asLong()).isGreaterThanOrEqualTo(5);
    }

    private JsonNode run(String... options) throws Exception {
        Path file = folder.resolve("report.json");
        CommandLine command = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] line = new String[options.length + 3];
        line[0] = "agents";
        line[1] = "--report";
        line[2] = file.toString();
        System.arraycopy(options, 0, line, 3, options.length);

        assertThat(command.execute(line)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("0 lost");
        return new ObjectMapper().readTree(Files.readString(file));
    }
}
