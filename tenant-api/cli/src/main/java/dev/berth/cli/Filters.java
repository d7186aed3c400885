package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.outcome.Nearest;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Query;
import dev.berth.model.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that narrow a list. */
final class Filters {
    private static final Map<String, String> FLAGS = Map.of(
            "project", "--project",
            "department", "--department",
            "status", "--status",
            "reason", "--reason",
            "cluster", "--cluster",
            "pool", "--pool",
            "q", "--query",
            "sort", "--sort");

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME[,NAME]",
            description = "Workloads of these projects; else BERTH_PROJECT, else the one you set.")
    private String project = "";

    @Option(
            names = {"-A", "--all-projects"},
            description = "Workloads of all projects, also when one is set.")
    private boolean allProjects;

    @Option(names = "--department", paramLabel = "NAME[,NAME]", description = "Projects of these departments.")
    private String department = "";

    @Option(
            names = "--status",
            paramLabel = "STATUS[,STATUS]",
            description = "Workloads in these states: Queued, Starting, Running, Suspended, Preempted, Stopping,"
                    + " Succeeded, Failed, Unknown.")
    private String status = "";

    @Option(
            names = "--reason",
            paramLabel = "WORD[,WORD]",
            description = "Workloads that wait for these reasons, such as OverQuota.")
    private String reason = "";

    @Option(names = "--cluster", paramLabel = "NAME[,NAME]", description = "What belongs to these clusters.")
    private String cluster = "";

    @Option(
            names = {"--pool", "--node-pool"},
            paramLabel = "NAME[,NAME]",
            description = "What belongs to these node pools.")
    private String pool = "";

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Workloads with this text in their name.")
    private String query = "";

    @Option(
            names = "--sort",
            paramLabel = "FIELD",
            description = "Order of workloads: createdAt, name, status, gpus, updatedAt; -FIELD is downwards.")
    private String sort = "";

    /** As the server takes it; refuses what the kind cannot be narrowed by. */
    Query query(Session session, Kind kind) {
        Query asked = Query.NONE
                .with("project", project)
                .with("department", department)
                .with("status", words(status))
                .with("reason", reason)
                .with("cluster", cluster)
                .with("pool", pool)
                .with("q", query)
                .with("sort", sort);
        for (String name : asked.parameters().keySet()) {
            if (!kind.filters().contains(name)) {
                throw Failure.usage(FLAGS.get(name) + " does not narrow " + kind.plural() + ".")
                        .hint(allowed(kind));
            }
        }
        boolean standard = kind.filters().contains("project") && project.isEmpty() && !allProjects;
        return standard ? asked.with("project", session.project("")) : asked;
    }

    private static String allowed(Kind kind) {
        return kind.filters().isEmpty()
                ? kind.plural() + " are listed whole."
                : "For " + kind.plural() + " there are "
                        + kind.filters().stream().map(FLAGS::get).sorted().collect(Collectors.joining(", ")) + ".";
    }

    /** States in any case, as the API writes them. */
    static String words(String status) {
        List<String> known = Arrays.stream(Phase.values()).map(Phase::word).toList();
        return Arrays.stream(status.split(","))
                .filter(word -> !word.isBlank())
                .map(word -> known.stream()
                        .filter(phase -> phase.equalsIgnoreCase(word.strip()))
                        .findFirst()
                        .orElseThrow(() -> Failure.usage("There is no status \"" + word + "\".")
                                .hint((Nearest.question(word, known) + " There are " + String.join(", ", known) + ".")
                                        .strip())))
                .collect(Collectors.joining(","));
    }

    /** What streams do not filter themselves. */
    static Predicate<JsonNode> rest(Query query) {
        List<String> phases = split(query.parameters().getOrDefault("status", ""));
        List<String> reasons = split(query.parameters().getOrDefault("reason", ""));
        String part = query.parameters().getOrDefault("q", "").toLowerCase(Locale.ROOT);
        return object -> (phases.isEmpty()
                        || phases.contains(object.at("/status/phase").asText()))
                && (reasons.isEmpty()
                        || reasons.contains(object.at("/status/reason").asText()))
                && object.at("/metadata/name").asText().toLowerCase(Locale.ROOT).contains(part);
    }

    private static List<String> split(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(","));
    }
}
