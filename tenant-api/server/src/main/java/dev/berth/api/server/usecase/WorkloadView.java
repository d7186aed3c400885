package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Phase;
import dev.berth.model.Reason;
import java.time.Instant;
import java.time.ZoneOffset;

/** A workload as users see it. */
public final class WorkloadView {
    private static final int MAX_MESSAGE = 4096;

    private WorkloadView() {}

    public static ObjectNode of(WorkloadRow row) {
        ObjectNode object = Envelope.of(
                Workloads.KIND,
                new Envelope.Identity(
                        row.id().toString(),
                        row.name(),
                        Json.raw(row.labels()),
                        row.createdAt(),
                        row.updatedAt(),
                        row.version()));
        if (row.stopped()) {
            object.set("spec", ((ObjectNode) Json.trusted(row.spec())).put("stopped", true));
        } else {
            object.set("spec", Json.raw(row.spec()));
        }
        object.set("status", status(row));
        return object;
    }

    /** Why it waits, and how old that word is. */
    public static ObjectNode explanation(WorkloadRow row) {
        ObjectNode answer = Json.object();
        answer.put("workloadId", row.id().toString()).put("phase", row.phase());
        putTime(answer, row);
        answer.put("clusterState", row.clusterState());
        JsonNode explanation = Json.trusted(row.status()).path("explanation");
        if (explanation.isObject()) {
            answer.set("explanation", explanation(explanation));
        } else {
            answer.putNull("explanation");
        }
        return answer;
    }

    private static void putTime(ObjectNode answer, WorkloadRow row) {
        var observed = row.observedAt();
        if (observed == null) {
            answer.putNull("observedAt");
        } else {
            answer.put("observedAt", Json.time(observed));
        }
    }

    private static ObjectNode status(WorkloadRow row) {
        JsonNode reported = Json.trusted(row.status());
        ObjectNode status = Json.object();
        boolean unreachable = row.observedAt() == null
                && !row.clusterState().equals("Connected")
                && row.phase().equals(Phase.QUEUED.word());
        status.put("phase", row.phase());
        status.put("reason", unreachable ? Reason.CLUSTER_OFFLINE.word() : row.reason());
        String message = reported.path("message").asText("");
        status.put(
                "message",
                unreachable
                        ? "Cluster \"" + row.cluster() + "\" is not connected; it gets the workload when it is."
                        : message.substring(0, Math.min(MAX_MESSAGE, message.length())));
        ArrayNode pods = status.putArray("pods");
        for (JsonNode pod : reported.path("pods")) {
            pods.add(pod(pod));
        }
        JsonNode counts = reported.path("podCounts");
        status.set("podCounts", counts.isObject() ? counts : Json.object());
        for (String moment : new String[] {"queuedAt", "boundAt", "startedAt", "finishedAt"}) {
            putMoment(status, reported, moment);
        }
        putTime(status, row);
        status.put("deleting", row.deleting());
        JsonNode explanation = reported.path("explanation");
        if (explanation.isObject()) {
            status.set("explanation", explanation(explanation));
        }
        return status;
    }

    private static ObjectNode pod(JsonNode reported) {
        ObjectNode pod = Json.object();
        pod.put("name", reported.path("name").asText(""));
        String node = reported.path("node").asText("");
        pod.put("node", node.isEmpty() ? null : node);
        ArrayNode gpus = pod.putArray("gpus");
        reported.path("gpus").forEach(gpu -> gpus.add(gpu.asInt()));
        pod.put("gpuMilli", reported.path("gpuMilli").asInt());
        pod.put("phase", reported.path("phase").asText(""));
        putMoment(pod, reported, "startedAt");
        putMoment(pod, reported, "finishedAt");
        return pod;
    }

    /** A cluster says why with the scheduler's own record; its enum constants become the words that users know. */
    private static JsonNode explanation(JsonNode reported) {
        ObjectNode explanation = reported.deepCopy();
        String reason = reported.path("reason").asText("");
        for (Reason known : Reason.values()) {
            if (known.name().equals(reason)) {
                explanation.put("reason", known.word());
            }
        }
        for (String array : new String[] {"checks", "changes"}) {
            if (!explanation.path(array).isArray()) {
                explanation.putArray(array);
            }
        }
        for (String number : new String[] {"position", "waiting"}) {
            if (!explanation.path(number).isInt()) {
                explanation.put(number, 0);
            }
        }
        if (!explanation.path("sentence").isTextual()) {
            explanation.put("sentence", "");
        }
        return explanation;
    }

    private static void putMoment(ObjectNode to, JsonNode reported, String name) {
        JsonNode millis = reported.path(name + "Millis");
        if (millis.isIntegralNumber() && millis.longValue() > 0 && millis.longValue() < 253_402_300_800_000L) {
            to.put(name, Json.time(Instant.ofEpochMilli(millis.longValue()).atOffset(ZoneOffset.UTC)));
        } else {
            to.putNull(name);
        }
    }
}
