package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops workloads; they stay in the list. */
@Command(
        name = "stop",
        description = "Stops workloads: their pods end, they themselves stay in the list.",
        footer = {
            "",
            "Examples:",
            "  berth stop train-7",
            "  berth stop train-7 train-8 --project vision",
            "  berth get workloads --status Queued -o name | xargs berth stop"
        })
final class StopCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Workloads, by name or id.")
    private List<String> names = List.of();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "Their project; needed when a name is not unique.")
    private String project = "";

    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::stop);
    }

    private ExitCode stop(Session session) {
        List<Target> targets = Target.workloads(names);
        Api api = session.api();
        Query scope = Query.NONE.with("project", session.project(project));
        return new EachTarget(session).run(targets, target -> {
            JsonNode stopped = new Finder(api)
                    .helped(
                            target,
                            scope,
                            () -> api.post(
                                    Kind.WORKLOAD.path(target.name()) + ":stop", Finder.scoped(target, scope), null));
            if (output.format().table()) {
                session.screen()
                        .say(Output.name(Kind.WORKLOAD, stopped) + " "
                                + Clean.line(stopped.at("/status/phase").asText())
                                        .toLowerCase(java.util.Locale.ROOT));
            } else {
                output.object(session, Kind.WORKLOAD, stopped);
            }
        });
    }
}
