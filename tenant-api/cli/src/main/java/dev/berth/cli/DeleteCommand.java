package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes objects after a question, or with {@code --yes} without one. */
@Command(
        name = "delete",
        description = "Deletes workloads, or with a kind in front other objects. Asks first, unless --yes is given.",
        footer = {
            "",
            "Examples:",
            "  berth delete train-7",
            "  berth delete train-7 train-8 --project vision --yes",
            "  berth delete project/old cluster/lab"
        })
final class DeleteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "[KIND] NAME", arity = "1..*", description = "Workloads by name or id, or KIND/NAME.")
    private List<String> names = List.of();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "Project of the workloads; needed when a name is not unique.")
    private String project = "";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Cluster of the node pools.")
    private String cluster = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::delete);
    }

    private ExitCode delete(Session session) {
        List<Target> targets = Target.all(names, Kind.WORKLOAD);
        if (targets.stream().anyMatch(target -> target.kind() == Kind.NODE)) {
            throw Failure.usage("Nodes belong to their cluster and cannot be deleted here.");
        }
        if (!yes && !agreed(session, targets)) {
            return ExitCode.FAILED;
        }
        Api api = session.api();
        return new EachTarget(session).run(targets, target -> delete(session, api, target));
    }

    private static boolean agreed(Session session, List<Target> targets) {
        Terminal.Person person = session.terminal().person();
        if (person == null) {
            throw Failure.usage("Deleting needs --yes where nobody can be asked.");
        }
        String list = targets.stream().map(Target::toString).map(Clean::line).collect(Collectors.joining(", "));
        String answer = person.ask("Delete " + list + "? What runs of it ends. [y/N] ");
        boolean agreed = answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
        if (!agreed) {
            session.screen().note("Nothing was deleted.");
        }
        return agreed;
    }

    private void delete(Session session, Api api, Target target) {
        Query scope = scope(session, target.kind());
        Finder finder = new Finder(api);
        if (target.kind() == Kind.WORKLOAD) {
            JsonNode leaving = finder.helped(
                    target,
                    scope,
                    () -> api.delete(target.kind().path(target.name()), Finder.scoped(target, scope), ""));
            if (output.format().table()) {
                session.screen().say(Output.name(Kind.WORKLOAD, leaving) + " is being deleted");
            } else {
                output.object(session, Kind.WORKLOAD, leaving);
            }
            return;
        }
        Api.Answer there = finder.helped(
                target, scope, () -> api.read(target.kind().path(target.name()), Finder.scoped(target, scope)));
        String id = there.body().at("/metadata/id").asText();
        api.delete(target.kind().path(id), Query.NONE, there.etag());
        if (output.format().table()) {
            session.screen().say(Output.name(target.kind(), there.body()) + " deleted");
        } else {
            output.object(session, target.kind(), there.body());
        }
    }

    private Query scope(Session session, Kind kind) {
        return switch (kind) {
            case WORKLOAD -> Query.NONE.with("project", session.project(project));
            case NODE_POOL -> Query.NONE.with("cluster", session.cluster(cluster));
            case PROJECT, DEPARTMENT, CLUSTER, NODE -> Query.NONE;
        };
    }
}
