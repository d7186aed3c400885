package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints the script with which a shell completes commands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(berth completion bash)",
            "  berth completion zsh > ~/.berth-completion && source ~/.berth-completion"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(session -> {
            if (!shell.matches("bash|zsh")) {
                throw Failure.usage("Expected bash or zsh, but got \"" + shell + "\".");
            }
            session.screen().say(AutoComplete.bash(BerthCommand.NAME, BerthCommand.commandLine(session.terminal())));
            return ExitCode.OK;
        });
    }
}
