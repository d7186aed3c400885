package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins the running process of a pod. */
@Command(
        name = "attach",
        description = "Joins the running process of a workload's pod: its output, and its input with -i.",
        footer = {"", "Examples:", "  berth attach train-7", "  berth attach -it notebook"})
final class AttachCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The workload, by name or id.")
    private String name = "";

    @Option(
            names = {"-t", "--tty"},
            description = "The process has a terminal.")
    private boolean tty;

    @Option(
            names = {"-i", "--stdin"},
            description = "Give it what is typed, or piped in.")
    private boolean stdin;

    @Mixin
    private PodFlags pod = new PodFlags();

    @Mixin
    private Common common = new Common();

    private int remote;

    @Override
    public Integer call() {
        int local = common.run(this::attach);
        return local == 0 ? remote : local;
    }

    private ExitCode attach(Session session) {
        boolean terminal = tty && session.terminal().person() != null;
        remote = new RemoteTerminal(session, terminal, stdin)
                .run(PodFlags.path(name, "attach"), pod.query(session), List.of());
        return ExitCode.OK;
    }
}
