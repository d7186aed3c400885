package dev.berth.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.model.Labels;
import dev.berth.tunnel.Limits;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes up the tunnel of an object: only what the control plane shows, in a fixed order, so that equal content is equal
 * bytes and a heartbeat of a kubelet is no news.
 */
final class ObservedBodies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MIB = 1024L * 1024L;

    private ObservedBodies() {}

    static byte[] node(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels() == null
                ? Map.of()
                : node.getMetadata().getLabels();
        long gpus = allocatable(node, Labels.GPU_RESOURCE, 1);
        ObjectNode body = JSON.createObjectNode();
        body.put("name", node.getMetadata().getName());
        body.put("pool", labels.getOrDefault(Labels.NODE_POOL, Labels.DEFAULT_POOL));
        body.put("ready", ready(node));
        ObjectNode shown = body.putObject("labels");
        for (String label : new String[] {Labels.GPU_MODEL, Labels.GPU_MEMORY}) {
            if (labels.containsKey(label)) {
                shown.put(label, labels.get(label));
            }
        }
        body.put("gpus", gpus);
        body.put("gpuModel", labels.getOrDefault(Labels.GPU_MODEL, ""));
        body.put("gpuMemoryMib", number(labels.getOrDefault(Labels.GPU_MEMORY, "0")));
        ObjectNode allocatable = body.putObject("allocatable");
        allocatable.put("cpuMilli", allocatable(node, "cpu", 1000));
        allocatable.put("memoryMib", allocatable(node, "memory", 1) / MIB);
        allocatable.put("gpuMilli", gpus * 1000);
        return bytes(body);
    }

    private static boolean ready(Node node) {
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return !cordoned
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .noneMatch(condition ->
                                "Ready".equals(condition.getType()) && !"True".equals(condition.getStatus()));
    }

    private static long allocatable(Node node, String resource, int per) {
        Map<String, Quantity> all =
                node.getStatus() == null ? null : node.getStatus().getAllocatable();
        Quantity quantity = all == null ? null : all.get(resource);
        if (quantity == null) {
            return 0;
        }
        try {
            return quantity.getNumericalAmount()
                    .multiply(BigDecimal.valueOf(per))
                    .longValue();
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** The whole status; without its details where it is larger than the tunnel takes. */
    static byte[] workload(Workload workload) {
        WorkloadStatus status = workload.getStatus();
        byte[] body = bytes(workloadBody(workload, JSON.valueToTree(status)));
        if (body.length <= Limits.BODY_BYTES) {
            return body;
        }
        ObjectNode brief = JSON.createObjectNode();
        brief.put("phase", status.phase);
        brief.put("reason", "TooLarge");
        brief.put("message", "The status of this workload is larger than " + Limits.BODY_BYTES + " bytes.");
        return bytes(workloadBody(workload, brief));
    }

    private static ObjectNode workloadBody(Workload workload, com.fasterxml.jackson.databind.JsonNode status) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", workload.getMetadata().getLabels().get(Labels.WORKLOAD_ID));
        body.put("name", workload.getMetadata().getName());
        body.put("namespace", workload.getMetadata().getNamespace());
        body.set("status", status);
        return body;
    }

    /** A workload that the cluster refused. */
    static byte[] unapplied(String id, JsonObject status) {
        return new JsonObject().put("id", id).put("status", status).encode().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Expected a tree to be writable as JSON.", impossible);
        }
    }
}
