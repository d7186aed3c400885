package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Palette;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has, and the frame in which it runs: failures become messages and exit codes. */
final class Common {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Server to speak with; else BERTH_URL, else where you signed in.")
    private String url = "";

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Certificates (PEM) of the authorities that vouch for the server; else BERTH_CA_FILE.")
    private @Nullable Path caFile;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never; auto obeys NO_COLOR.")
    private String color = "auto";

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell each call to the server with its status and time.")
    private boolean verbose;

    @Option(names = "--debug", hidden = true, description = "Print the stack trace of an unexpected failure.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean unusedHelp;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** What a command does once it knows where. */
    interface Work {
        ExitCode run(Session session);
    }

    int run(Work work) {
        Terminal terminal = terminal();
        Screen screen = new Screen(terminal.out(), terminal.err(), palette(terminal));
        try {
            if (!color.matches("auto|always|never")) {
                throw Failure.usage("Expected auto, always or never as --color, but got \"" + color + "\".");
            }
            Session session = new Session(terminal, screen, new Session.Asked(url, caFile, verbose));
            ExitCode code = work.run(session);
            terminal.out().flush();
            return code.number();
        } catch (Failure failure) {
            screen.fail(failure);
            return failure.code().number();
        } catch (RuntimeException bug) {
            screen.fail(Failure.of(ExitCode.FAILED, "berth itself failed: " + bug)
                    .hint("Please report it, with what --debug adds."));
            if (debug) {
                bug.printStackTrace(terminal.err());
                terminal.err().flush();
            }
            return ExitCode.FAILED.number();
        }
    }

    private Palette palette(Terminal terminal) {
        if (!color.equals("auto")) {
            return new Palette(color.equals("always"));
        }
        return new Palette(coloured(terminal));
    }

    /** By the conventions of no-color.org and force-color.org. */
    static boolean coloured(Terminal terminal) {
        if (!terminal.variable("NO_COLOR").isEmpty()) {
            return false;
        }
        String force = terminal.variable("FORCE_COLOR");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return terminal.person() != null && !terminal.variable("TERM").equals("dumb");
    }

    private Terminal terminal() {
        CommandSpec spec = command;
        while (spec != null) {
            if (spec.userObject() instanceof BerthCommand berth) {
                return berth.terminal();
            }
            CommandLine parent = spec.parent() == null ? null : spec.parent().commandLine();
            spec = parent == null ? null : parent.getCommandSpec();
        }
        return Terminal.ofProcess();
    }
}
