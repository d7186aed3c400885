package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.cli.outcome.Failure;
import dev.berth.cli.wire.Tree;
import dev.berth.model.PriorityClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that describe one workload. What is absent is left to the server's defaults. */
final class WorkloadFlags {
    static final class Priorities extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Priorities() {
            super(Arrays.stream(PriorityClass.values()).map(PriorityClass::word).toList());
        }
    }

    @Option(
            names = {"--pool", "--node-pool"},
            paramLabel = "NAME",
            description = "Node pool of the cluster; standard \"default\".")
    private String pool = "";

    @Option(
            names = {"-i", "--image"},
            paramLabel = "IMAGE",
            description = "Container image.")
    private String image = "";

    @Option(
            names = {"-g", "--gpu"},
            paramLabel = "N",
            description = "GPUs of each worker: 2, or a part of one such as 0.5.")
    private String gpu = "";

    @Option(
            names = "--gpu-devices",
            paramLabel = "N",
            description = "Of how many GPUs the part or memory is taken; standard 1.")
    private @Nullable Integer gpuDevices;

    @Option(
            names = "--gpu-memory",
            paramLabel = "SIZE",
            description = "Memory of a GPU instead of a part, such as 20Gi.")
    private String gpuMemory = "";

    @Option(
            names = "--gpu-model",
            split = ",",
            paramLabel = "MODEL",
            description = "GPU models that will do; repeatable.")
    private List<String> gpuModels = new ArrayList<>();

    @Option(names = "--cpu", paramLabel = "N", description = "CPU of each worker: 4, 0.5 or 500m.")
    private String cpu = "";

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory of each worker, such as 4Gi.")
    private String memory = "";

    @Option(names = "--workers", paramLabel = "N", description = "Workers that start together; standard 1.")
    private @Nullable Integer workers;

    @Option(names = "--min-workers", paramLabel = "N", description = "Workers that are enough to start; standard all.")
    private @Nullable Integer minWorkers;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "workspace, training (standard), distributed or inference.")
    private String kind = "";

    @Option(
            names = "--priority",
            paramLabel = "CLASS",
            completionCandidates = Priorities.class,
            description = "Priority class: ${COMPLETION-CANDIDATES}.")
    private String priority = "";

    @Option(
            names = "--preemptible",
            negatable = true,
            fallbackValue = "true",
            description = "Whether it may be interrupted for others; standard by the priority class.")
    private @Nullable Boolean preemptible;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "KEY=VALUE",
            description = "Environment variable; repeatable.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Label; repeatable.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--annotation", paramLabel = "KEY=VALUE", description = "Annotation of the pods; repeatable.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(
            names = "--node-selector",
            paramLabel = "KEY=VALUE",
            description = "Label that nodes must have; repeatable.")
    private Map<String, String> nodeSelector = new LinkedHashMap<>();

    /** Whether nothing was said. */
    boolean absent() {
        ObjectNode body = body("", List.of());
        return body.path("spec").isEmpty() && body.at("/metadata/labels").isMissingNode();
    }

    /** The body of a submission, without project and cluster. */
    ObjectNode body(String name, List<String> command) {
        ObjectNode body = Tree.object();
        ObjectNode metadata = body.putObject("metadata").put("name", name);
        putMap(metadata, "labels", labels);
        ObjectNode spec = body.putObject("spec");
        putText(spec, "nodePool", pool);
        putText(spec, "kind", kind);
        putText(spec, "image", image);
        putList(spec, "command", command);
        putMap(spec, "environment", environment);
        putNumber(spec, "workers", workers);
        putNumber(spec, "minWorkers", minWorkers);
        putText(spec, "priorityClass", priority);
        if (preemptible != null) {
            spec.put("preemptible", preemptible);
        }
        ObjectNode resources = resources();
        if (!resources.isEmpty()) {
            spec.set("resources", resources);
        }
        putList(spec, "gpuModels", gpuModels);
        putMap(spec, "nodeSelector", nodeSelector);
        putMap(spec, "annotations", annotations);
        return body;
    }

    private ObjectNode resources() {
        ObjectNode resources = Tree.object();
        if (!cpu.isEmpty()) {
            resources.put("cpuMilli", Amount.cpuMilli(cpu));
        }
        if (!memory.isEmpty()) {
            resources.put("memoryMib", Amount.mib("--memory", memory));
        }
        ObjectNode ask = gpu();
        if (!ask.isEmpty()) {
            resources.set("gpu", ask);
        }
        return resources;
    }

    private ObjectNode gpu() {
        ObjectNode ask = Tree.object();
        Amount.Gpus gpus = gpu.isEmpty() ? new Amount.Gpus(0, 0) : Amount.gpus(gpu);
        boolean part = gpus.fractionMilli() > 0 || !gpuMemory.isEmpty();
        if (gpus.fractionMilli() > 0 && !gpuMemory.isEmpty()) {
            throw Failure.usage("A part of a GPU is given by --gpu " + gpu + " or by --gpu-memory, not by both.");
        }
        if (gpuDevices != null && (!part || gpus.devices() > 1)) {
            throw Failure.usage("--gpu-devices goes with a part of a GPU: --gpu 0.5 or --gpu-memory.");
        }
        int devices = gpuDevices != null ? gpuDevices : Math.max(gpus.devices(), part ? 1 : 0);
        if (devices > 0 || !gpu.isEmpty()) {
            ask.put("devices", devices);
        }
        if (gpus.fractionMilli() > 0) {
            ask.put("fractionMilli", gpus.fractionMilli());
        }
        if (!gpuMemory.isEmpty()) {
            ask.put("memoryMib", Amount.mib("--gpu-memory", gpuMemory));
        }
        return ask;
    }

    private static void putText(ObjectNode to, String name, String value) {
        if (!value.isEmpty()) {
            to.put(name, value);
        }
    }

    private static void putNumber(ObjectNode to, String name, @Nullable Integer value) {
        if (value != null) {
            to.put(name, (long) value);
        }
    }

    private static void putList(ObjectNode to, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = to.putArray(name);
            values.forEach(list::add);
        }
    }

    private static void putMap(ObjectNode to, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode map = to.putObject(name);
            values.forEach(map::put);
        }
    }
}
