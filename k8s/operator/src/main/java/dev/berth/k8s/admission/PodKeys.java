package dev.berth.k8s.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.ForeignLabels;
import dev.berth.model.Labels;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pod's document as both halves of this package read it. */
final class PodKeys {
    /** Label by which a pod of a project's namespace stays with another scheduler; only for pods without GPUs. */
    static final String MANAGED = Labels.GROUP + "/managed";
    /** Container that gets the device, where it is not the first. */
    static final String GPU_CONTAINER = "gpu-fraction-container-name";
    /** What only the binding may say. */
    static final List<String> ASSIGNED =
            List.of(Labels.ASSIGNED_GPUS, Labels.ASSIGNED_GPU_MILLI, Labels.ASSIGNED_GPU_UUIDS);
    /** Names of schedulers whose pods are ours in a project's namespace; the API server writes the first where none is given. */
    static final Set<String> TAKEN_OVER =
            Set.of("", "default-scheduler", "runai-scheduler", "kai-scheduler", Labels.SCHEDULER_NAME);

    private PodKeys() {}

    static Map<String, String> labels(JsonNode pod) {
        return map(pod.at("/metadata/labels"));
    }

    static Map<String, String> annotations(JsonNode pod) {
        return map(pod.at("/metadata/annotations"));
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        fields.forEachRemaining(
                field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    /** Whether Berth places it: not where it names a scheduler that we do not know, or stays out by label. */
    static boolean ours(JsonNode pod) {
        return TAKEN_OVER.contains(pod.at("/spec/schedulerName").asText())
                && !"false".equals(labels(pod).get(MANAGED));
    }

    /** Whole GPUs that its containers ask for. */
    static long wholeGpus(JsonNode pod) {
        long sum = 0;
        for (JsonNode container : pod.at("/spec/containers")) {
            sum += gpus(container);
        }
        for (JsonNode container : pod.at("/spec/initContainers")) {
            sum = Math.max(sum, gpus(container));
        }
        return sum;
    }

    private static long gpus(JsonNode container) {
        String limit = container
                .path("resources")
                .path("limits")
                .path(Labels.GPU_RESOURCE)
                .asText();
        String request = container
                .path("resources")
                .path("requests")
                .path(Labels.GPU_RESOURCE)
                .asText();
        String text = request.isEmpty() ? limit : request;
        return text.matches("[0-9]{1,6}") ? Long.parseLong(text) : text.isEmpty() ? 0 : 1;
    }

    /** Whether any key asks for a part of a device, readable or not. */
    static boolean asksForPart(Map<String, String> labels, Map<String, String> annotations) {
        return List.of(
                        Labels.GPU_FRACTION_MILLI,
                        Labels.GPU_FRACTION,
                        ForeignLabels.GPU_FRACTION,
                        Labels.GPU_MEMORY_MIB,
                        Labels.GPU_MEMORY_REQUEST,
                        ForeignLabels.GPU_MEMORY)
                .stream()
                .anyMatch(key -> annotations.containsKey(key) || labels.containsKey(key));
    }

    /** The first of the keys that the labels have; empty where they have none. */
    static String first(Map<String, String> labels, List<String> keys) {
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
