package dev.berth.k8s.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.model.ForeignLabels;
import dev.berth.model.GpuKeys;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a pod of a project's namespace must not say. */
final class PodRules {
    private static final String ANNOTATIONS = "/metadata/annotations/";
    private static final String LABELS = "/metadata/labels/";

    private final JsonNode pod;
    private final String namespace;
    private final Known known;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final Findings findings = new Findings();

    private PodRules(JsonNode pod, String namespace, Known known) {
        this.pod = pod;
        this.namespace = namespace;
        this.known = known;
        this.labels = PodKeys.labels(pod);
        this.annotations = PodKeys.annotations(pod);
    }

    static Findings created(JsonNode pod, String namespace, Known known) {
        PodRules rules = new PodRules(pod, namespace, known);
        if (!known.projectOf(namespace).isEmpty()) {
            rules.project();
            rules.scheduler();
            rules.gpus();
        }
        return rules.findings;
    }

    /** Which devices a pod has is written with its binding, which does not pass here. */
    static Findings updated(JsonNode before, JsonNode after, String namespace, Known known) {
        PodRules rules = new PodRules(after, namespace, known);
        Map<String, String> was = PodKeys.annotations(before);
        List<String> fixed = List.of(
                Labels.ASSIGNED_GPUS,
                Labels.ASSIGNED_GPU_MILLI,
                Labels.ASSIGNED_GPU_UUIDS,
                Labels.GPU_CONFIG_MAP,
                Labels.GPU_FRACTION_MILLI,
                Labels.GPU_MEMORY_MIB,
                Labels.GPU_DEVICES);
        for (String key : fixed) {
            if (!Objects.equals(was.get(key), rules.annotations.get(key))) {
                rules.annotation(key, "assigned-is-fixed", "What a pod has of a GPU does not change. Make a new pod.");
            }
        }
        String project = PodKeys.labels(before).get(Labels.PROJECT);
        if (project != null && !project.equals(rules.labels.get(Labels.PROJECT))) {
            rules.label(Labels.PROJECT, "project-is-fixed", "The project that pays does not change. Make a new pod.");
        }
        return rules.findings;
    }

    private void project() {
        String of = known.projectOf(namespace);
        String named = labels.getOrDefault(Labels.PROJECT, of);
        if (!known.projects().containsKey(named)) {
            label(
                    Labels.PROJECT,
                    "project-exists",
                    "There is no project " + Findings.shown(named)
                            + ". Name one of those that 'kubectl get projects' shows.");
        } else if (!named.equals(of)) {
            label(
                    Labels.PROJECT,
                    "project-owns-namespace",
                    "Namespace " + namespace + " belongs to project " + of + ", so " + Findings.shown(named)
                            + " does not pay here. Take the label away, or use that project's namespace.");
        }
        String pool = labels.getOrDefault(Labels.NODE_POOL, Labels.DEFAULT_POOL);
        if (!pool.equals(Labels.DEFAULT_POOL) && !known.pools().containsKey(pool)) {
            label(
                    Labels.NODE_POOL,
                    "pool-exists",
                    "There is no node pool " + Findings.shown(pool) + ". Name one of "
                            + known.pools().keySet() + ".");
        }
    }

    private void scheduler() {
        boolean gpus = PodKeys.wholeGpus(pod) > 0 || PodKeys.asksForPart(labels, annotations);
        if (gpus && !PodKeys.ours(pod)) {
            findings.add(
                    "/spec/schedulerName",
                    "gpus-are-scheduled",
                    "A pod with GPUs in a project's namespace is placed by " + Labels.SCHEDULER_NAME
                            + ". Take away schedulerName and the label " + PodKeys.MANAGED + ".");
        }
        if (!pod.at("/spec/nodeName").asText().isEmpty() && gpus) {
            findings.add(
                    "/spec/nodeName",
                    "node-is-chosen",
                    "The scheduler chooses the node of a pod with GPUs. Use nodeSelector instead.");
        }
    }

    private void gpus() {
        if (!PodKeys.asksForPart(labels, annotations)) {
            return;
        }
        if (PodKeys.wholeGpus(pod) > 0) {
            findings.add(
                    "/spec/containers",
                    "whole-or-part",
                    "A pod asks for whole GPUs or for a part of one. Take away " + Labels.GPU_RESOURCE
                            + " or the annotations.");
        }
        boolean part = List.of(Labels.GPU_FRACTION_MILLI, Labels.GPU_FRACTION, ForeignLabels.GPU_FRACTION).stream()
                .anyMatch(annotations::containsKey);
        boolean memory = List.of(Labels.GPU_MEMORY_MIB, Labels.GPU_MEMORY_REQUEST, ForeignLabels.GPU_MEMORY).stream()
                .anyMatch(annotations::containsKey);
        boolean translated = annotations.containsKey(Labels.GPU_FRACTION_MILLI);
        if (part && memory && !translated) {
            annotation(Labels.GPU_FRACTION, "part-or-memory", "Give the part of a GPU or its memory, not both.");
        }
        GpuKeys.Reading reading = GpuKeys.read(labels, annotations);
        reading.problems().forEach(problem -> annotation(keyIn(problem), "gpu-amount", problem));
        range(Labels.GPU_FRACTION_MILLI, 999);
        range(Labels.GPU_DEVICES, GpuRequest.MAX_DEVICES);
        range(ForeignLabels.GPU_DEVICES, GpuRequest.MAX_DEVICES);
    }

    private static String keyIn(String problem) {
        int at = problem.lastIndexOf(" in ");
        return at < 0 ? Labels.GPU_FRACTION : problem.substring(at + 4, problem.length() - 1);
    }

    private void range(String key, long max) {
        String text = annotations.get(key);
        if (text != null && text.matches("[0-9]{1,9}") && Long.parseLong(text) > max) {
            annotation(
                    key,
                    "gpu-amount",
                    "Expected a whole number of 1 to " + max + ", but got " + Findings.shown(text) + ".");
        }
    }

    private void annotation(String key, String rule, String sentence) {
        findings.add(ANNOTATIONS + JsonPatch.escaped(key), rule, sentence);
    }

    private void label(String key, String rule, String sentence) {
        findings.add(LABELS + JsonPatch.escaped(key), rule, sentence);
    }
}
