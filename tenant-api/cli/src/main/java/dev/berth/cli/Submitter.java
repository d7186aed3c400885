package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.ExitCode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.show.Clean;
import dev.berth.cli.wire.Api;
import dev.berth.cli.wire.Kind;
import dev.berth.cli.wire.Problems;
import dev.berth.cli.wire.Query;
import dev.berth.cli.wire.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends workloads. Each request has a key, so that a repeat after a lost answer submits nothing twice. */
final class Submitter {
    private static final int BATCH = 500;
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 1_000;

    private final Session session;
    private final Api api;

    Submitter(Session session, Api api) {
        this.session = session;
        this.api = api;
    }

    /** Fills in the standard project and cluster where the body names none. */
    void complete(ObjectNode body, String project, String cluster) {
        ObjectNode spec = body.path("spec") instanceof ObjectNode there ? there : body.putObject("spec");
        if (spec.path("project").asText("").isEmpty()) {
            spec.put("project", or(session.project(project), Kind.PROJECT));
        }
        if (spec.path("cluster").asText("").isEmpty()) {
            spec.put("cluster", or(session.cluster(cluster), Kind.CLUSTER));
        }
    }

    /** The only object of the kind will do where none is named. */
    private String or(String named, Kind kind) {
        if (!named.isEmpty()) {
            return named;
        }
        List<String> names = new ArrayList<>();
        new Finder(api)
                .list(kind, Query.NONE, new Finder.Span(20, ""))
                .path("items")
                .forEach(item -> names.add(item.at("/metadata/name").asText()));
        if (names.size() == 1) {
            return names.get(0);
        }
        String flag = "--" + kind.singular();
        Failure unclear = Failure.usage("Which " + kind.singular() + "? Name it with " + flag + ".");
        throw names.isEmpty()
                ? unclear.hint("There is none yet that you may see.")
                : unclear.hint("There are " + String.join(", ", names) + ". berth context set " + flag
                        + " NAME makes one the standard.");
    }

    /** Submits one; fails with its refusal. */
    JsonNode one(WorkloadFile.Item item) {
        String key = UUID.randomUUID().toString();
        try {
            return tried(() -> api.postOnce(Kind.WORKLOAD.path(), item.body(), key));
        } catch (Failure failure) {
            throw placed(failure, item);
        }
    }

    /** Submits all, in batches; tells refusals as they come. {@code accepted} gets the rest. */
    ExitCode all(List<WorkloadFile.Item> items, List<JsonNode> accepted) {
        ExitCode code = ExitCode.OK;
        for (int begin = 0; begin < items.size(); begin += BATCH) {
            List<WorkloadFile.Item> part = items.subList(begin, Math.min(items.size(), begin + BATCH));
            ObjectNode body = Tree.object();
            ArrayNode list = body.putArray("items");
            part.forEach(item -> list.add(item.body()));
            String key = UUID.randomUUID().toString();
            JsonNode answer = tried(() -> api.postOnce(Kind.WORKLOAD.path() + ":batch", body, key));
            for (JsonNode result : answer.path("results")) {
                int index = result.path("index").asInt(-1);
                if (result.has("workload")) {
                    accepted.add(result.path("workload"));
                } else if (index >= 0 && index < part.size()) {
                    Failure refusal = placed(Problems.of(result.path("problem"), api.server()), part.get(index));
                    session.screen().fail(refusal);
                    code = code == ExitCode.OK || code == refusal.code() ? refusal.code() : ExitCode.FAILED;
                }
            }
        }
        return code;
    }

    /** Says which document of a file was refused. */
    private static Failure placed(Failure failure, WorkloadFile.Item item) {
        if (item.source().isEmpty()) {
            return failure;
        }
        String name = item.body().at("/metadata/name").asText("");
        return failure.within(item.place("") + (name.isEmpty() ? "" : " " + Clean.line(name)), item::place);
    }

    private <T> T tried(Supplier<T> call) {
        for (int trial = 1; ; trial++) {
            try {
                return call.get();
            } catch (Failure failure) {
                if (failure.code() != ExitCode.UNREACHABLE || trial == TRIES) {
                    throw failure;
                }
                session.terminal().clock().pause(PAUSE_MILLIS * trial);
            }
        }
    }
}
