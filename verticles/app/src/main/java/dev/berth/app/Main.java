package dev.berth.app;

import dev.berth.cli.BerthCommand;
import dev.berth.demo.DemoCommand;
import dev.berth.runtime.StartRefused;
import dev.berth.scheduler.packing.SimulateCommand;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar berth.jar}: runs roles, shows what is inside. */
@Command(
        name = "berth.jar",
        description = "Shares GPU clusters between many teams.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            RolesCommand.class,
            ConfigCommand.class,
            ReserveCommand.class,
            SimulateCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  java -jar berth.jar demo                             everything, with simulated clusters",
            "  java -jar berth.jar run                              all roles in this process",
            "  java -jar berth.jar run --roles store,api --config berth.yaml",
            "  java -jar berth.jar config gateway                   every key of a role",
            "  java -jar berth.jar simulate --trace DIR             how densely a policy packs a trace",
            "  java -jar berth.jar cli get workloads                the berth command; 'cli --help' shows it"
        })
public final class Main {
    /** Exit code of a start that was refused: bad configuration, taken port. */
    static final int START_REFUSED = 78;

    private static final String LOG_LEVEL = "BERTH_LOG_LEVEL";

    private Main() {}

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("cli")) {
            System.exit(BerthCommand.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        if (args.length > 0 && args[0].equals("demo")) {
            // The demo talks to a person: what works is told in its own lines.
            System.setProperty(LOG_LEVEL, Objects.requireNonNullElse(System.getenv(LOG_LEVEL), "WARN"));
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
        return line;
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof StartRefused refused) {
            refused.problems().forEach(problem -> command.getErr().println("Error: " + problem));
            command.getErr().flush();
            return START_REFUSED;
        }
        throw failure;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Berth " + (version == null ? "(not packaged)" : version)};
        }
    }
}
