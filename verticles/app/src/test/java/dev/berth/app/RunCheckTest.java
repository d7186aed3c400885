package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code run --check}: what an installation asks before it starts anything. */
class RunCheckTest {
    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void aRightConfigurationIsSaidToBeRightAndNothingStarts() throws IOException {
        assertThat(check("process: {bus: clustered}\napi: {sessionHours: 8}\ngateway: {}\n"))
                .isZero();
        assertThat(said.toString()).contains("The configuration of api, gateway is right");
    }

    @Test
    void everyProblemIsSaidAtOnce() throws IOException {
        assertThat(check("process: {busport: 5701}\napi: {sessionHours: never}\n"))
                .isEqualTo(Main.START_REFUSED);
        assertThat(said.toString()).contains("process.busport").contains("api.sessionHours");
    }

    private int check(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("berth.yaml"), configuration);
        PrintWriter writer = new PrintWriter(said, true);
        CommandLine line = Main.commandLine().setOut(writer).setErr(writer);
        return line.execute("run", "--check", "--config", file.toString());
    }
}
