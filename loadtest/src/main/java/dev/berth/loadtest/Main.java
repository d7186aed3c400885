package dev.berth.loadtest;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar berth-loadtest.jar}. */
@Command(
        name = "berth-loadtest",
        description = "Loads a Berth and reports what it bore.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = AgentsCommand.class,
        footer = {
            "",
            "Examples:",
            "  java -jar berth-loadtest.jar agents --help",
            "  java -jar berth-loadtest.jar agents"
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("Error: " + failure.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Berth load test " + (version == null ? "(not packaged)" : version)};
        }
    }
}
