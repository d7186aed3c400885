package dev.berth.scheduler.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar berth-bench.jar}. */
@Command(
        name = "berth-bench",
        description = "Measures how fast the scheduler decides.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = TableCommand.class,
        footer = {
            "",
            "Examples:",
            "  java -jar berth-bench.jar table",
            "  java -jar berth-bench.jar table --report target/bench.json --only allocate"
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("Error: " + failure.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(args));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Berth benchmark " + (version == null ? "(not packaged)" : version)};
        }
    }
}
