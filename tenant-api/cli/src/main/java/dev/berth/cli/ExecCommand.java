package dev.berth.cli;

import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a pod of a workload. */
@Command(
        name = "exec",
        description = {
            "Runs a command in a workload's pod, through Berth: no kubeconfig is needed.",
            "The exit code is that of the command."
        },
        footer = {
            "",
            "Examples:",
            "  berth exec train-7 -- nvidia-smi",
            "  berth exec -it train-7 -- bash",
            "  berth exec -i train-7 --pod train-7-3 -- tar x -C /data < data.tar"
        })
final class ExecCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The workload, by name or id.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "Behind --: what to run.")
    private List<String> command = List.of();

    @Option(
            names = {"-t", "--tty"},
            description = "Give it a terminal.")
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
        int local = common.run(this::exec);
        return local == 0 ? remote : local;
    }

    private ExitCode exec(Session session) {
        if (command.isEmpty()) {
            throw Failure.usage("Expected a command behind --, such as: berth exec " + name + " -- ls");
        }
        boolean terminal = tty && session.terminal().person() != null;
        remote = new RemoteTerminal(session, terminal, stdin)
                .run(PodFlags.path(name, "exec"), pod.query(session), command);
        return ExitCode.OK;
    }
}
