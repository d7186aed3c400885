package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells which berth this is. */
@Command(
        name = "version",
        description = "Prints the version.",
        footer = {"", "Example:", "  berth version"})
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(session -> {
            String version = VersionCommand.class.getPackage().getImplementationVersion();
            session.screen()
                    .say("berth " + (version == null ? "(not packaged)" : version) + ", Java "
                            + System.getProperty("java.version"));
            return ExitCode.OK;
        });
    }
}
