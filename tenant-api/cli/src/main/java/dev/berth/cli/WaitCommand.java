package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Query;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for a workload. */
@Command(
        name = "wait",
        description = "Waits until a workload runs, or until it ends; the exit code says how it went.",
        footer = {
            "",
            "Examples:",
            "  berth wait train-7                               until it runs",
            "  berth wait train-7 --for end --timeout 6h        until it ends; 9 when it failed"
        })
final class WaitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "1..2", description = "The workload, by name or id.")
    private List<String> names = List.of();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "Its project; needed when the name is not unique.")
    private String project = "";

    @Option(names = "--for", paramLabel = "STATE", description = "running (standard) or end.")
    private String goal = "running";

    @Option(names = "--timeout", paramLabel = "TIME", description = "Wait no longer, such as 90s or 2h; standard 1h.")
    private String timeout = WaitFlags.STANDARD_TIMEOUT;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::await);
    }

    private ExitCode await(Session session) {
        List<Target> targets = Target.workloads(names);
        if (targets.size() != 1 || !goal.matches("running|end")) {
            throw Failure.usage("Expected one workload, and running or end as --for.");
        }
        Duration patience = Amount.span("--timeout", timeout);
        Api api = session.api();
        JsonNode workload = new Finder(api).one(targets.get(0), Query.NONE.with("project", session.project(project)));
        return new Waiting(session, api, workload, goal.equals("end")).run(patience);
    }
}
