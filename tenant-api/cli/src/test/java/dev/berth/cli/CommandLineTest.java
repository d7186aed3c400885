package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line means, and what it says when it means nothing. No server is needed for that. */
final class CommandLineTest {
    @TempDir
    private Path home;

    private Shell.Ran berth(String... arguments) {
        return new Shell(home).with("BERTH_URL", "http://127.0.0.1:1").run(arguments);
    }

    private String spec(String... flags) {
        Deque<String> arguments = new ArrayDeque<>(java.util.List.of(flags));
        arguments.addFirst("w");
        arguments.addFirst("submit");
        java.util.List<String> all = new java.util.ArrayList<>(arguments);
        int rest = all.indexOf("--") < 0 ? all.size() : all.indexOf("--");
        all.addAll(rest, java.util.List.of("--project", "p", "--cluster", "c", "--dry-run"));
        Shell.Ran ran = berth(all.toArray(String[]::new));
        assertThat(ran.err()).isEmpty();
        return ran.out();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "logout",
                "whoami",
                "context",
                "get",
                "submit",
                "explain",
                "wait",
                "logs",
                "exec",
                "attach",
                "port-forward",
                "stop",
                "delete",
                "completion",
                "version"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Shell.Ran help = berth(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: berth " + command).containsPattern("Examples?:\n.*berth");
        assertThat(help.out()).doesNotContain("\u001b");
        assertThat(berth("--help").out()).contains("  " + command + " ");
    }

    @Test
    void everyExitCodeIsInTheHelpAndInNoOtherMeaning() {
        String help = berth("--help").out();
        for (ExitCode code : ExitCode.values()) {
            assertThat(help).containsPattern("\n +" + code.number() + " +" + code.meaning());
        }
    }

    @Test
    void theCommandBehindTheDashesIsTakenAsItIs() {
        assertThat(spec("--gpu", "1", "--command", "--", "python", "-m", "train", "--gpu", "7", "@args", "${x}"))
                .contains("devices: 1")
                .contains(
                        "    - python\n    - \"-m\"\n    - train\n    - \"--gpu\"\n    - \"7\"\n    - \"@args\"\n    - \"${x}\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 'devices: 2'",
        "0, 'devices: 0'",
        "0.5, 'devices: 1\n      fractionMilli: 500'",
        ".125, ''",
        "0.125, 'devices: 1\n      fractionMilli: 125'",
    })
    void gpusAreWholeOrAPartOfOne(String gpu, String expected) {
        if (expected.isEmpty()) {
            assertThat(berth("submit", "w", "--gpu", gpu).code()).isEqualTo(2);
        } else {
            assertThat(spec("--gpu", gpu)).endsWith("gpu:\n      " + expected + "\n  project: p\n  cluster: c\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-1", "two", "65", "0.0001", "1e2", "NaN", "999999999999999999999"})
    void otherGpusAreRefusedWithAnExample(String gpu) {
        Shell.Ran ran = berth("submit", "w", "--gpu=" + gpu);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Expected --gpu as a whole number up to 64, or a part of one GPU such as 0.5");
    }

    @Test
    void memoryOfAGpuIsAskedForOnOneOrMoreDevices() {
        assertThat(spec("--gpu-memory", "20Gi")).contains("devices: 1\n      memoryMib: 20480");
        assertThat(spec("--gpu-memory", "20Gi", "--gpu", "2")).contains("devices: 2\n      memoryMib: 20480");
        assertThat(spec("--gpu", "0.5", "--gpu-devices", "2")).contains("devices: 2\n      fractionMilli: 500");
        assertThat(berth("submit", "w", "--gpu", "0.5", "--gpu-memory", "1Gi").code())
                .isEqualTo(2);
        assertThat(berth("submit", "w", "--gpu", "2", "--gpu-devices", "2").code())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"4, 4000", "0.5, 500", "500m, 500", "0, 0"})
    void coresAreReadInThousandths(String text, long milli) {
        assertThat(Amount.cpuMilli(text)).isEqualTo(milli);
    }

    @ParameterizedTest
    @CsvSource({"512Mi, 512", "4Gi, 4096", "1.5Gi, 1536", "1Ti, 1048576", "1G, 954", "64gib, 65536"})
    void sizesAreReadWithTheirUnit(String text, long mib) {
        assertThat(Amount.mib("--memory", text)).isEqualTo(mib);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4Ki", "Gi", "-4Gi", "4 Gi", "", "99999999999999Gi"})
    void aSizeWithoutAKnownUnitIsRefused(String text) {
        Assertions.assertThatThrownBy(() -> Amount.mib("--memory", text))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void slipsAreRecognised() {
        assertThat(berth("sumbit").err()).contains("Did you mean \"submit\"?", "(exit 2)");
        assertThat(berth("submit", "--imgae", "x").err()).contains("Did you mean \"--image\"?");
        assertThat(berth("get", "projekts").err()).contains("Did you mean \"projects\"?");
        assertThat(berth("get", "workloads", "--status", "Runing").err()).contains("Did you mean \"Running\"?");
        assertThat(berth("get", "workloads", "-o", "jsn").err()).contains("Did you mean \"json\"?");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedBeforeAnythingIsSent() {
        assertThat(berth("get", "projects", "--status", "Queued").err())
                .contains("--status does not narrow projects.", "For projects there are --department.");
        assertThat(berth("get", "departments", "--watch").err()).contains("departments cannot be watched.");
        assertThat(berth("submit").err()).contains("Expected the name of the workload");
        assertThat(berth("submit", "w", "-f", "x.yaml").code()).isEqualTo(2);
        assertThat(berth("submit", "-f", "x.yaml", "--gpu", "1").code()).isEqualTo(2);
        assertThat(berth("stop", "project/vision").err()).contains("Expected a workload, but project/vision is none.");
        assertThat(berth("wait", "w", "--timeout", "soon").err()).contains("such as 90s, 10m or 2h");
        assertThat(berth("delete", "node/n", "--yes").code()).isEqualTo(2);
    }

    @Test
    void aServerThatIsNotThereHasItsOwnCode() {
        Shell.Ran ran = berth("get", "workloads");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("Cannot reach http://127.0.0.1:1: Connection refused", "  Hint: ", "(exit 3)");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void coloursObeyTheEnvironment() {
        assertThat(berth("get", "x").err()).doesNotContain("\u001b");
        assertThat(berth("get", "x", "--color", "always").err()).contains("\u001b[31mError:");
        assertThat(new Shell(home).wide(80).run("get", "x").err()).contains("\u001b[31mError:");
        assertThat(new Shell(home)
                        .wide(80)
                        .with("NO_COLOR", "1")
                        .run("get", "x")
                        .err())
                .doesNotContain("\u001b");
        assertThat(new Shell(home).wide(80).with("TERM", "dumb").run("get", "x").err())
                .doesNotContain("\u001b");
        assertThat(new Shell(home).with("FORCE_COLOR", "1").run("get", "x").err())
                .contains("\u001b");
    }

    @Test
    void aSecretInAnAddressIsRefusedAndNotRepeated() {
        Shell.Ran ran = new Shell(home).run("login", "http://localhost:8080/?token=s3cret");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--link").doesNotContain("s3cret");
        assertThat(new Shell(home).run("login", "https://me:s3cret@host").err()).doesNotContain("s3cret");
    }

    @Test
    void completionKnowsEveryCommand() {
        assertThat(berth("completion", "bash").out()).contains("submit", "--gpu-memory", "interactive-preemptible");
        assertThat(berth("completion", "fish").code()).isEqualTo(2);
    }

    @Test
    void noCommandHoldsTwoOptionsOfOneName() {
        CommandLine line = BerthCommand.commandLine(new Shell(home)
                .terminal(
                        new java.io.PrintWriter(java.io.Writer.nullWriter()),
                        new java.io.PrintWriter(java.io.Writer.nullWriter())));
        assertThat(line.getSubcommands()).hasSize(16);
        line.getSubcommands().values().forEach(command -> assertThat(
                        command.getCommandSpec().optionsMap())
                .containsKeys("--help", "--url", "--color"));
    }
}
