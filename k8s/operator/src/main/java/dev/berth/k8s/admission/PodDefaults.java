package dev.berth.k8s.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.ForeignLabels;
import dev.berth.model.GpuKeys;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what its project decides about a new pod: scheduler, project, pool, requests of containers that say nothing,
 * and the way in which a pod with a part of a device will learn which device it got. Keys of KAI and Run:ai become ours.
 */
final class PodDefaults {
    private static final String VISIBLE_DEVICES = "NVIDIA_VISIBLE_DEVICES";
    private static final String PORTION = "GPU_PORTION";
    private static final String CONFIG_PREFIX = "berth-gpu-";

    private final ObjectNode pod;
    private final Known.Project project;

    private PodDefaults(ObjectNode pod, Known.Project project) {
        this.pod = pod;
        this.project = project;
    }

    /**
     * The pod as it should be.
     *
     * @param unique a word that no other request has, from which the name of the pod's config map is made
     * @param reserved whether devices reach pods through config maps
     */
    static JsonNode of(JsonNode given, String namespace, Known known, String unique, boolean reserved) {
        String name = known.projectOf(namespace);
        Known.Project project = known.projects().get(name);
        ObjectNode pod = given.deepCopy();
        dropAssigned(pod);
        if (project == null || !PodKeys.ours(pod)) {
            return pod;
        }
        PodDefaults defaults = new PodDefaults(pod, project);
        defaults.spec().put("schedulerName", Labels.SCHEDULER_NAME);
        defaults.label(Labels.PROJECT, defaults.project(name, known));
        defaults.pool();
        defaults.requests();
        defaults.shared(unique, reserved);
        return pod;
    }

    /** With these a new pod could claim devices that nobody assigned. */
    private static void dropAssigned(ObjectNode pod) {
        if (pod.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(PodKeys.ASSIGNED);
            annotations.remove(Labels.GPU_CONFIG_MAP);
        }
    }

    /** A foreign queue counts where a project has its name; one that does not is refused or unknown elsewhere. */
    private String project(String ofNamespace, Known known) {
        Map<String, String> labels = PodKeys.labels(pod);
        String own = labels.getOrDefault(Labels.PROJECT, "");
        if (!own.isEmpty()) {
            return own;
        }
        String foreign = PodKeys.first(
                labels, List.of(ForeignLabels.KAI_QUEUE, ForeignLabels.RUNAI_QUEUE, ForeignLabels.PROJECT));
        return known.projects().containsKey(foreign) ? foreign : ofNamespace;
    }

    private void pool() {
        Map<String, String> labels = PodKeys.labels(pod);
        String foreign = PodKeys.first(labels, List.of(ForeignLabels.KAI_NODE_POOL, ForeignLabels.RUNAI_NODE_POOL));
        if (!labels.containsKey(Labels.NODE_POOL) && !foreign.isEmpty()) {
            label(Labels.NODE_POOL, foreign);
        }
    }

    private void requests() {
        for (JsonNode container : pod.at("/spec/containers")) {
            request((ObjectNode) container, "cpu", project.defaultCpuMilli(), "m");
            request((ObjectNode) container, "memory", project.defaultMemoryMib(), "Mi");
        }
    }

    private static void request(ObjectNode container, String resource, long amount, String unit) {
        JsonNode resources = container.path("resources");
        boolean said = resources.path("requests").has(resource)
                || resources.path("limits").has(resource);
        if (amount > 0 && !said) {
            container
                    .withObjectProperty("resources")
                    .withObjectProperty("requests")
                    .put(resource, amount + unit);
        }
    }

    private void shared(String unique, boolean reserved) {
        Map<String, String> annotations = PodKeys.annotations(pod);
        GpuRequest request = GpuKeys.read(PodKeys.labels(pod), annotations).request();
        if (PodKeys.wholeGpus(pod) > 0 || request instanceof GpuRequest.Whole) {
            return;
        }
        String portion = request.match(
                whole -> "",
                fraction -> {
                    annotate(Labels.GPU_FRACTION_MILLI, Integer.toString(fraction.milli()));
                    return fraction.milli() / 1_000.0 + "";
                },
                memory -> {
                    annotate(Labels.GPU_MEMORY_MIB, Long.toString(memory.mib()));
                    return "";
                });
        annotate(Labels.GPU_DEVICES, Integer.toString(request.devices()));
        if (reserved) {
            String configMap = CONFIG_PREFIX + unique;
            annotate(Labels.GPU_CONFIG_MAP, configMap);
            environment(annotations.get(PodKeys.GPU_CONTAINER), configMap, portion);
        }
    }

    /** The pod does not start before the config map is there, so it cannot start without its device. */
    private void environment(@Nullable String wanted, String configMap, String portion) {
        ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
        for (JsonNode one : pod.at("/spec/containers")) {
            if (one.path("name").asText().equals(wanted)) {
                container = (ObjectNode) one;
            }
        }
        ArrayNode environment = container.withArrayProperty("env");
        for (int i = environment.size() - 1; i >= 0; i--) {
            String name = environment.get(i).path("name").asText();
            if (name.equals(VISIBLE_DEVICES) || name.equals(PORTION)) {
                environment.remove(i);
            }
        }
        ObjectNode source = environment.addObject().put("name", VISIBLE_DEVICES).putObject("valueFrom");
        source.putObject("configMapKeyRef").put("name", configMap).put("key", VISIBLE_DEVICES);
        if (!portion.isEmpty()) {
            environment.addObject().put("name", PORTION).put("value", portion);
        }
    }

    private ObjectNode spec() {
        return pod.withObjectProperty("spec");
    }

    private void label(String key, String value) {
        pod.withObjectProperty("metadata").withObjectProperty("labels").put(key, value);
    }

    private void annotate(String key, String value) {
        pod.withObjectProperty("metadata").withObjectProperty("annotations").put(key, value);
    }
}
