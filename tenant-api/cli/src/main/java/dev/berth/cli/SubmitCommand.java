package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.show.YamlText;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits one workload from flags, or any number from a file. */
@Command(
        name = "submit",
        description = "Submits a workload from flags, or one or many from a file.",
        footer = {
            "",
            "Examples:",
            "  berth submit hello --image ubuntu --gpu 1 -- sleep 300",
            "  berth submit notebook --kind workspace --priority build --gpu 0.5 --image jupyter/base-notebook",
            "  berth submit big --workers 4 --gpu 8 --cpu 32 --memory 256Gi --image train:1 -- python train.py",
            "  berth submit infer --gpu-memory 20Gi --image serve:2 --wait --timeout 5m",
            "  berth submit -f workloads.yaml",
            "  generate | berth submit -f - -o name"
        })
final class SubmitCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of the workload, unique in its project.")
    private String name = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "-- COMMAND", description = "What the container runs.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "YAML or JSON, one document or many; - is standard input.")
    private String file = "";

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "Project that pays; else BERTH_PROJECT, the one you set, or the only one.")
    private String project = "";

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Cluster that runs it; else BERTH_CLUSTER, the one you set, or the only one.")
    private String cluster = "";

    @Mixin
    private WorkloadFlags flags = new WorkloadFlags();

    @Option(
            names = {"-c", "--command"},
            description = "What stands behind -- is the command; it always is, so this changes nothing.")
    private boolean unusedCommandFollows;

    @Option(names = "--dry-run", description = "Print what would be sent, and send nothing.")
    private boolean dryRun;

    @Mixin
    private WaitFlags waiting = new WaitFlags();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        return common.run(this::submit);
    }

    private ExitCode submit(Session session) {
        List<WorkloadFile.Item> items = file.isEmpty() ? List.of(fromFlags()) : fromFile(session);
        waiting.check(items.size());
        Api api = session.api();
        Submitter submitter = new Submitter(session, api);
        items.forEach(item -> submitter.complete(item.body(), project, cluster));
        if (dryRun) {
            items.forEach(item -> session.screen()
                    .say((items.size() > 1 ? "---\n" : "")
                            + YamlText.of(item.body()).stripTrailing()));
            return ExitCode.OK;
        }
        List<JsonNode> accepted = new ArrayList<>();
        ExitCode code = ExitCode.OK;
        if (items.size() == 1) {
            accepted.add(submitter.one(items.get(0)));
        } else {
            code = submitter.all(items, accepted);
        }
        show(session, accepted, items.size() > 1);
        return code == ExitCode.OK && waiting.wanted() ? waiting.run(session, api, accepted.get(0)) : code;
    }

    private WorkloadFile.Item fromFlags() {
        if (name.isEmpty()) {
            throw Failure.usage("Expected the name of the workload, or a file with -f.")
                    .hint("For instance: berth submit hello --image ubuntu --gpu 1 -- sleep 300");
        }
        ObjectNode body = flags.body(name, command);
        return new WorkloadFile.Item(body, "", Map.of());
    }

    private List<WorkloadFile.Item> fromFile(Session session) {
        if (!name.isEmpty() || !command.isEmpty() || !flags.absent()) {
            throw Failure.usage("With -f the file describes the workloads; only --project and --cluster go with it.");
        }
        return WorkloadFile.read(file, session.terminal().in());
    }

    private void show(Session session, List<JsonNode> accepted, boolean many) {
        if (output.format().table()) {
            accepted.forEach(workload -> session.screen().say(created(workload)));
        } else if (many) {
            ObjectNode list = Tree.object();
            list.putArray("items").addAll(accepted);
            output.list(session, Kind.WORKLOAD, list.putNull("next"));
        } else {
            output.object(session, Kind.WORKLOAD, accepted.get(0));
        }
        session.screen().flushed();
    }

    private static String created(JsonNode workload) {
        JsonNode spec = workload.path("spec");
        return Output.name(Kind.WORKLOAD, workload) + " created in project "
                + Clean.line(spec.path("project").asText()) + " (cluster "
                + Clean.line(spec.path("cluster").asText()) + ", pool "
                + Clean.line(spec.path("nodePool").asText()) + ")";
    }
}
