package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.WorkloadFilter;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.usecase.Outcome;
import dev.berth.api.server.usecase.WorkloadView;
import dev.berth.api.server.usecase.Workloads;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Phase;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Workloads. */
final class WorkloadRoutes implements Handlers {
    private static final String KEY = "idOrName";
    private static final String COLLECTION = "/api/v1/workloads";
    private static final List<String> PHASES =
            Arrays.stream(Phase.values()).map(Phase::word).toList();
    private static final Set<String> SORTS = Set.of(
            "createdAt",
            "-createdAt",
            "name",
            "-name",
            "status",
            "-status",
            "gpus",
            "-gpus",
            "updatedAt",
            "-updatedAt");

    private final Workloads workloads;
    private final Streams streams;

    WorkloadRoutes(Workloads workloads, Streams streams) {
        this.workloads = workloads;
        this.streams = streams;
    }

    @Override
    public Map<String, Handler> handlers() {
        Map<String, Handler> handlers = new HashMap<>();
        handlers.put("submitWorkload", this::submit);
        handlers.put("submitWorkloads", this::submitBatch);
        handlers.put("listWorkloads", this::list);
        handlers.put(
                "summarizeWorkloads",
                ask -> workloads.summary(ask.who(), filter(ask)).map(WorkloadRoutes::summary));
        handlers.put("getWorkload", this::get);
        handlers.put("stopWorkload", ask -> workloads
                .stop(ask.who(), ask.variable(KEY), ask.text("project"))
                .map(row -> object(202, row)));
        handlers.put("deleteWorkload", ask -> workloads
                .delete(ask.who(), ask.variable(KEY), ask.text("project"))
                .map(row -> object(202, row)));
        handlers.put("explainWorkload", ask -> workloads
                .get(ask.who(), ask.variable(KEY), ask.text("project"))
                .map(row -> Reply.ok(WorkloadView.explanation(row))));
        return handlers;
    }

    private Future<Reply> submit(Ask ask) {
        return workloads.submit(ask.who(), List.of(ask.json())).map(outcomes -> {
            Outcome outcome = outcomes.get(0);
            WorkloadRow row = outcome.workload();
            if (row == null) {
                throw new Refused(refusal(outcome));
            }
            return Reply.created(WorkloadView.of(row), COLLECTION);
        });
    }

    private Future<Reply> submitBatch(Ask ask) {
        List<JsonNode> items = items(ask.json());
        return workloads.submit(ask.who(), items).map(outcomes -> {
            ObjectNode answer = Json.object();
            ArrayNode results = answer.putArray("results");
            for (int i = 0; i < outcomes.size(); i++) {
                WorkloadRow row = outcomes.get(i).workload();
                ObjectNode result = results.addObject().put("index", i);
                if (row == null) {
                    Refusal refusal = refusal(outcomes.get(i));
                    result.put("status", refusal.status()).set("problem", Problem.of(refusal, ask.requestId()));
                } else {
                    result.put("status", 201).set("workload", WorkloadView.of(row));
                }
            }
            return Reply.ok(answer);
        });
    }

    private static Refusal refusal(Outcome outcome) {
        Refusal refusal = outcome.refusal();
        if (refusal == null) {
            throw new IllegalStateException("An outcome is a workload or a refusal");
        }
        return refusal;
    }

    private static List<JsonNode> items(JsonNode body) {
        JsonNode items = body.path("items");
        if (!body.isObject()
                || !items.isArray()
                || items.isEmpty()
                || items.size() > Workloads.MAX_BATCH
                || body.size() != 1) {
            throw new Refused(new Refusal.Invalid(
                    "Expected an object with 1 to " + Workloads.MAX_BATCH + " items and nothing else.",
                    List.of(new FieldError("/items", "type", "Expected 1 to " + Workloads.MAX_BATCH + " workloads."))));
        }
        List<JsonNode> list = new ArrayList<>(items.size());
        items.forEach(list::add);
        return list;
    }

    private Future<Reply> list(Ask ask) {
        if (ask.flag("watch")) {
            return streams.workloads(ask);
        }
        var asked = new Workloads.Asked(filter(ask), sort(ask), ask.value("cursor"), ask.limit(), ask.flag("total"));
        return workloads.list(ask.who(), asked).map(listing -> {
            ObjectNode body = Json.object();
            ArrayNode items = body.putArray("items");
            listing.rows().forEach(row -> items.add(WorkloadView.of(row)));
            body.put("next", listing.next());
            body.put("version", listing.version());
            if (listing.total() != null) {
                body.put("total", listing.total());
            }
            return Reply.ok(body);
        });
    }

    private Future<Reply> get(Ask ask) {
        return workloads.get(ask.who(), ask.variable(KEY), ask.text("project")).map(row -> {
            String etag = Envelope.etag(row.version());
            return ask.holds(etag) ? new Reply(304, Map.of("ETag", '"' + etag + '"'), null) : object(200, row);
        });
    }

    private static Reply object(int status, WorkloadRow row) {
        return Reply.object(status, WorkloadView.of(row));
    }

    private static String sort(Ask ask) {
        String sort = ask.text("sort");
        if (!sort.isEmpty() && !SORTS.contains(sort)) {
            throw new Refused(new Refusal.Malformed(
                    "Expected one of " + SORTS.stream().sorted().toList() + " as sort."));
        }
        return sort.isEmpty() ? "-createdAt" : sort;
    }

    static WorkloadFilter filter(Ask ask) {
        return new WorkloadFilter(
                ask.words("project"),
                phases(ask),
                ask.words("reason"),
                ask.words("cluster"),
                ask.words("pool"),
                ask.text("q"));
    }

    /** A word that is no phase would match nothing, silently. */
    private static List<String> phases(Ask ask) {
        List<String> words = ask.words("status");
        if (!PHASES.containsAll(words)) {
            throw new Refused(new Refusal.Malformed("Expected words from " + PHASES + " as status."));
        }
        return words;
    }

    private static Reply summary(RowSet<Row> counts) {
        Map<String, Long> byStatus = new TreeMap<>();
        Map<String, Long> byReason = new TreeMap<>();
        long total = 0;
        for (Row row : counts) {
            long count = row.getLong("count");
            total += count;
            byStatus.merge(row.getString("phase"), count, Long::sum);
            if (!row.getString("reason").isEmpty()) {
                byReason.merge(row.getString("reason"), count, Long::sum);
            }
        }
        ObjectNode answer = Json.object().put("total", total);
        byStatus.forEach(answer.putObject("byStatus")::put);
        byReason.forEach(answer.putObject("byReason")::put);
        return Reply.ok(answer);
    }
}
