package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command says when it is used wrongly, and that it shows how to use it. */
class AgentsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpShowsExamples() {
        assertThat(run("agents", "--help")).isZero();
        assertThat(out.toString())
                .contains("--count", "--rate", "--cut-every")
                .contains("java -jar berth-loadtest.jar agents --count 200 --rate 1000 --seconds 30");
    }

    @Test
    void wrongUseIsRefusedBeforeAnythingStarts() {
        assertThat(run("agents", "--count", "0")).isEqualTo(2);
        assertThat(run("agents", "--gateway", "ws://127.0.0.1:1")).isEqualTo(2);
        assertThat(run("agents", "--gateway", "ws://127.0.0.1:1", "--join-tokens", "none", "--tls"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("Expected 1 to 20000 agents")
                .contains("Expected --join-tokens with --gateway")
                .contains("only where the gateway runs in this process");
    }

    private int run(String... line) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(line);
    }
}
