package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.client.ApiClient;
import dev.berth.k8s.crd.PodState;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays the control plane's objects, as its REST API shows them, beside those of the cluster itself: each workload with its
 * phase, reason, message, moments and pods, and each node with what it has.
 */
final class Comparison {
    private static final int EXAMPLES = 20;

    private final ApiClient client;
    private final Simulated simulated;
    private final List<String> examples = new ArrayList<>();
    private int differences;
    private int compared;

    Comparison(ApiClient client, Simulated simulated) {
        this.client = client;
        this.simulated = simulated;
    }

    /** Succeeds with itself when both sides were read to the end. */
    Future<Comparison> run() {
        String cluster = "?cluster=" + simulated.site().cluster();
        Map<String, JsonObject> workloads = new HashMap<>();
        Map<String, JsonObject> nodes = new HashMap<>();
        for (Workload workload : simulated.cluster().list(Workload.class)) {
            workloads.put(workload.getMetadata().getLabels().get(Labels.WORKLOAD_ID), ofCluster(workload));
        }
        for (Node node : simulated.cluster().list(Node.class)) {
            nodes.put(node.getMetadata().getName(), ofCluster(node));
        }
        return client.each(
                        "/workloads" + cluster,
                        item -> compare("workload", metadata(item, "id"), ofApi(item), workloads))
                .compose(all -> client.each(
                        "/nodes" + cluster, item -> compare("node", metadata(item, "name"), nodeOfApi(item), nodes)))
                .map(all -> {
                    workloads.keySet().forEach(id -> differ("workload " + id + " is in the cluster only"));
                    nodes.keySet().forEach(name -> differ("node " + name + " is in the cluster only"));
                    return this;
                });
    }

    boolean equal() {
        return differences == 0 && compared > 0;
    }

    int compared() {
        return compared;
    }

    int differences() {
        return differences;
    }

    /** Some of the differences, in words. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    private void compare(String kind, String id, JsonObject shown, Map<String, JsonObject> inCluster) {
        JsonObject real = inCluster.remove(id);
        compared++;
        if (real == null) {
            differ(kind + " " + id + " is in the control plane only");
        } else if (!real.equals(shown)) {
            differ(kind + " " + id + " is " + real.encode() + " in the cluster, but the control plane shows "
                    + shown.encode());
        }
    }

    private void differ(String what) {
        differences++;
        if (examples.size() < EXAMPLES) {
            examples.add(what);
        }
    }

    private static String metadata(JsonObject item, String key) {
        return item.getJsonObject("metadata").getString(key);
    }

    private static JsonObject ofCluster(Workload workload) {
        WorkloadStatus status = workload.getStatus();
        if (status == null) {
            return new JsonObject();
        }
        JsonArray pods = new JsonArray();
        for (PodState pod : status.pods) {
            pods.add(new JsonObject()
                    .put("name", pod.name)
                    .put("node", pod.node.isEmpty() ? null : pod.node)
                    .put("gpus", new JsonArray(pod.gpus))
                    .put("gpuMilli", pod.gpuMilli)
                    .put("phase", pod.phase)
                    .put("startedAt", pod.startedAtMillis)
                    .put("finishedAt", pod.finishedAtMillis));
        }
        return new JsonObject()
                .put("phase", status.phase)
                .put("reason", status.reason)
                .put("message", status.message)
                .put("queuedAt", status.queuedAtMillis)
                .put("boundAt", status.boundAtMillis)
                .put("startedAt", status.startedAtMillis)
                .put("finishedAt", status.finishedAtMillis)
                .put("podCounts", new JsonObject(new HashMap<>(status.podCounts)))
                .put("pods", pods);
    }

    private static JsonObject ofApi(JsonObject item) {
        JsonObject status = item.getJsonObject("status");
        JsonArray pods = new JsonArray();
        for (Object one : status.getJsonArray("pods")) {
            JsonObject pod = (JsonObject) one;
            pods.add(new JsonObject()
                    .put("name", pod.getString("name"))
                    .put("node", pod.getString("node"))
                    .put("gpus", pod.getJsonArray("gpus", new JsonArray()))
                    .put("gpuMilli", pod.getInteger("gpuMilli", 0))
                    .put("phase", pod.getString("phase"))
                    .put("startedAt", millis(pod.getString("startedAt")))
                    .put("finishedAt", millis(pod.getString("finishedAt"))));
        }
        return new JsonObject()
                .put("phase", status.getString("phase"))
                .put("reason", status.getString("reason"))
                .put("message", status.getString("message"))
                .put("queuedAt", millis(status.getString("queuedAt")))
                .put("boundAt", millis(status.getString("boundAt")))
                .put("startedAt", millis(status.getString("startedAt")))
                .put("finishedAt", millis(status.getString("finishedAt")))
                .put("podCounts", status.getJsonObject("podCounts"))
                .put("pods", pods);
    }

    private static JsonObject ofCluster(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        Map<String, Quantity> allocatable = node.getStatus().getAllocatable();
        return new JsonObject()
                .put("ready", true)
                .put("pool", labels.getOrDefault(Labels.NODE_POOL, Labels.DEFAULT_POOL))
                .put("gpuModel", labels.getOrDefault(Labels.GPU_MODEL, ""))
                .put("gpus", number(allocatable.get(Labels.GPU_RESOURCE)))
                .put("cpuMilli", number(allocatable.get("cpu"), 1000))
                .put("memoryMib", number(allocatable.get("memory")) >> 20);
    }

    private static JsonObject nodeOfApi(JsonObject item) {
        JsonObject status = item.getJsonObject("status");
        JsonObject allocatable = status.getJsonObject("allocatable");
        return new JsonObject()
                .put("ready", status.getBoolean("ready"))
                .put("pool", status.getString("pool"))
                .put("gpuModel", status.getString("gpuModel"))
                .put("gpus", (long) status.getJsonArray("gpus").size())
                .put("cpuMilli", allocatable.getLong("cpuMilli"))
                .put("memoryMib", allocatable.getLong("memoryMib"));
    }

    private static long number(@Nullable Quantity quantity) {
        return number(quantity, 1);
    }

    private static long number(@Nullable Quantity quantity, int times) {
        return quantity == null
                ? 0
                : quantity.getNumericalAmount()
                        .multiply(java.math.BigDecimal.valueOf(times))
                        .longValue();
    }

    private static @Nullable Long millis(@Nullable String instant) {
        return instant == null ? null : Instant.parse(instant).toEpochMilli();
    }
}
