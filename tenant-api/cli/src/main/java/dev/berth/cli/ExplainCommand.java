package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.ExplanationText;
import dev.berth.cli.show.YamlText;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.JsonText;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a workload waits, and which small changes would start it. */
@Command(
        name = "explain",
        description = "Tells why a workload is not running, and the smallest changes that would start it.",
        footer = {"", "Examples:", "  berth explain big", "  berth explain big --project vision -o json"})
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "1..2", description = "The workload, by name or id.")
    private List<String> names = List.of();

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "Its project; needed when the name is not unique.")
    private String project = "";

    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::explain);
    }

    private ExitCode explain(Session session) {
        List<Target> targets = Target.workloads(names);
        if (targets.size() > 1) {
            throw Failure.usage("Expected one workload, but got " + targets.size() + ".");
        }
        Target target = targets.get(0);
        Api api = session.api();
        Query scope = Query.NONE.with("project", session.project(project));
        JsonNode workload = new Finder(api).one(target, scope);
        String path = Kind.WORKLOAD.path(workload.at("/metadata/id").asText()) + "/explanation";
        JsonNode answer = api.get(path, Query.NONE);
        switch (output.format()) {
            case JSON -> session.screen().say(JsonText.indented(answer));
            case YAML -> session.screen().say(YamlText.of(answer).stripTrailing());
            case NAME -> session.screen().say(Output.name(Kind.WORKLOAD, workload));
            case TABLE, WIDE ->
                new ExplanationText(workload, answer, session.screen().palette(), session.now())
                        .lines()
                        .forEach(session.screen()::say);
        }
        return ExitCode.OK;
    }
}
