package dev.berth.scheduler.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code berth-bench table}: every row of {@link Goals}, as text while it runs and as JSON at the end. */
@Command(
        name = "table",
        description = {
            "Measures each shape in a virtual machine of its own, 4 GiB of heap, and prints the median of the runs",
            "beside the goal and the published figures of other schedulers. Takes some minutes."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  berth-bench table --report target/bench.json",
            "  berth-bench table --only reclaim --runs 3",
            "  berth-bench table --curve"
        })
final class TableCommand implements Callable<Integer> {
    private static final String LINE = "%-52s %6d %12s %-8s %10s %-6s %9s  %s%n";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the rows as JSON.")
    private @Nullable Path report;

    @Option(names = "--only", paramLabel = "TEXT", description = "Only rows whose name contains this.")
    private String only = "";

    @Option(
            names = "--curve",
            description = "Adds how allocation grows from 250 to 8,000 nodes.",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true")
    private boolean curve;

    @Option(
            names = "--warm-up",
            description = "Runs before those that count. Default: ${DEFAULT-VALUE}",
            defaultValue = "8")
    private int warmUp;

    @Option(names = "--runs", description = "Runs that count. Default: ${DEFAULT-VALUE}", defaultValue = "7")
    private int runs;

    @Override
    public Integer call() throws IOException, RunnerException {
        List<Goal> goals = new ArrayList<>(Goals.all());
        if (curve) {
            goals.addAll(Goals.curve());
        }
        goals.removeIf(goal -> !goal.name().contains(only));
        if (goals.isEmpty()) {
            throw new CommandLine.ParameterException(
                    commandLine(), "Expected a part of a row's name, but no row contains \"" + only + "\".");
        }
        PrintWriter out = commandLine().getOut();
        Machine machine = Machine.here();
        out.println(machine);
        out.printf(
                Locale.ROOT,
                LINE.replace("%6d", "%6s"),
                "shape",
                "nodes",
                "median",
                "unit",
                "goal",
                "met",
                "MB/run",
                "peers");
        List<Row> rows = new ArrayList<>();
        Stopwatch stopwatch = new Stopwatch(warmUp, runs);
        for (Goal goal : goals) {
            Row row = stopwatch.measure(goal);
            rows.add(row);
            print(out, row);
        }
        if (report != null) {
            write(report, new Table(machine, rows));
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, Row row) {
        out.printf(
                Locale.ROOT,
                LINE,
                row.name(),
                row.nodes(),
                row.value(),
                row.unit(),
                row.goal() == null ? "" : String.format(Locale.ROOT, "%.0f", row.goal()),
                row.goalMet() == null ? "" : row.goalMet() ? "yes" : "NO",
                String.format(Locale.ROOT, "%.1f", row.allocatedBytes() / 1e6),
                row.peer());
        out.flush();
    }

    private static void write(Path file, Table table) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        mapper.writeValue(file.toFile(), table);
    }

    private CommandLine commandLine() {
        CommandSpec given = spec;
        if (given == null) {
            throw new IllegalStateException("Expected picocli to set the command's spec, but it did not.");
        }
        return given.commandLine();
    }

    /** The report. */
    record Table(Machine machine, List<Row> rows) {}
}
