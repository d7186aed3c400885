package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.model.PriorityClass;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.WorkloadSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A workload as a user submits it: checked, with every default filled in.
 *
 * @param spec what is stored and shown, except that project and cluster are names only after they were found
 * @param gpuMilli what all its workers ask for together; GPU memory counts as a whole device, since its size is not known here
 */
public record WorkloadForm(Head head, String project, String cluster, String nodePool, ObjectNode spec, long gpuMilli) {
    private static final Set<String> KINDS = Set.of("workspace", "training", "distributed", "inference");
    private static final Set<String> PRIORITIES =
            Arrays.stream(PriorityClass.values()).map(PriorityClass::word).collect(Collectors.toUnmodifiableSet());
    /** Does nothing and ends when told to. */
    private static final String PAUSE_IMAGE = "registry.k8s.io/pause:3.10";

    private static final int MAX_MAP = 64;
    private static final int MAX_TEXT = 4096;
    private static final int WHOLE_DEVICE = 1000;

    /** Reads one; mistakes go to {@code errors}, and then the form must not be used. */
    public static WorkloadForm read(JsonNode body, String pointer, List<FieldError> errors) {
        Fields fields = Fields.of(body, pointer, errors);
        Head head = Head.read(fields, "Workload");
        ObjectNode out = Json.object();
        Fields spec = fields.object("spec");
        String project = spec.requiredText("project", 1, 253);
        String cluster = spec.requiredText("cluster", 1, 253);
        String pool = spec.text("nodePool", 63, Labels.DEFAULT_POOL);
        out.put("project", project)
                .put("cluster", cluster)
                .put("nodePool", pool.isEmpty() ? Labels.DEFAULT_POOL : pool);
        container(spec, out);
        long workers = workers(spec, out);
        priority(spec, out);
        long perWorker = resources(spec, out);
        placement(spec, out);
        spec.ignore("stopped");
        spec.done();
        fields.done();
        return new WorkloadForm(head, project, cluster, out.get("nodePool").textValue(), out, workers * perWorker);
    }

    private static void container(Fields spec, ObjectNode out) {
        out.put("kind", spec.word("kind", KINDS, "training"));
        String image = spec.text("image", 512, "");
        out.put("image", image.isEmpty() ? PAUSE_IMAGE : image);
        ArrayNode command = out.putArray("command");
        spec.texts("command", 256, 0, MAX_TEXT).forEach(command::add);
        put(out.putObject("environment"), spec.map("environment", 256, Patterns.VARIABLE, MAX_TEXT));
    }

    private static long workers(Fields spec, ObjectNode out) {
        long workers = spec.whole("workers", 1, WorkloadSpec.MAX_WORKERS, 1);
        long minWorkers = spec.whole("minWorkers", 1, WorkloadSpec.MAX_WORKERS, workers);
        if (minWorkers > workers) {
            spec.note("minWorkers", "range", "Expected at most workers, which is " + workers + ".");
        }
        out.put("workers", workers).put("minWorkers", minWorkers);
        return workers;
    }

    private static void priority(Fields spec, ObjectNode out) {
        String word = spec.word("priorityClass", PRIORITIES, PriorityClass.TRAIN.word());
        out.put("priorityClass", word);
        boolean standard = PRIORITIES.contains(word) && PriorityClass.of(word).preemptibleByDefault();
        out.put("preemptible", spec.flag("preemptible", standard));
    }

    private static long resources(Fields spec, ObjectNode out) {
        Fields resources = spec.object("resources");
        ObjectNode written = out.putObject("resources");
        written.put("cpuMilli", resources.whole("cpuMilli", 0, 10_000_000, 100));
        written.put("memoryMib", resources.whole("memoryMib", 0, 1_073_741_824, 128));
        Fields gpu = resources.object("gpu");
        long fraction = gpu.whole("fractionMilli", 1, 999, 0);
        long memory = gpu.whole("memoryMib", 1, 1L << 24, 0);
        boolean part = fraction > 0 || memory > 0;
        long devices = gpu.whole("devices", part ? 1 : 0, GpuRequest.MAX_DEVICES, part ? 1 : 0);
        if (fraction > 0 && memory > 0) {
            gpu.note("memoryMib", "exclusive", "Expected fractionMilli or memoryMib, not both.");
        }
        gpu.done();
        resources.done();
        ObjectNode ask = written.putObject("gpu").put("devices", devices);
        if (fraction > 0) {
            ask.put("fractionMilli", fraction);
        }
        if (memory > 0) {
            ask.put("memoryMib", memory);
        }
        return devices * (fraction > 0 ? fraction : WHOLE_DEVICE);
    }

    private static void placement(Fields spec, ObjectNode out) {
        ArrayNode models = out.putArray("gpuModels");
        for (String model : spec.texts("gpuModels", 32, 1, 63)) {
            spec.match(
                    "gpuModels",
                    model,
                    Patterns.LABEL_VALUE,
                    "GPU models as they stand in the label " + Labels.GPU_MODEL);
            models.add(model);
        }
        Map<String, String> selector = spec.map("nodeSelector", MAX_MAP, Patterns.LABEL_KEY, 63);
        selector.forEach(
                (key, value) -> spec.match("nodeSelector", value, Patterns.LABEL_VALUE, "label values of Kubernetes"));
        put(out.putObject("nodeSelector"), selector);
        Map<String, String> annotations = spec.map("annotations", MAX_MAP, Patterns.LABEL_KEY, 1024);
        for (String key : annotations.keySet()) {
            // What the scheduler writes with a binding must not come from a user.
            if (key.startsWith(Labels.GROUP + "/")) {
                spec.note("annotations", "reserved", "Annotations of " + Labels.GROUP + " are set by Berth only.");
            }
        }
        put(out.putObject("annotations"), annotations);
    }

    private static void put(ObjectNode node, Map<String, String> map) {
        map.forEach(node::put);
    }
}
