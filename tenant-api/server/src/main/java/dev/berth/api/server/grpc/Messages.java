package dev.berth.api.server.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.WorkloadRow;
import dev.berth.api.server.usecase.WorkloadView;
import dev.berth.api.server.wire.Json;
import dev.berth.api.v1.Gpu;
import dev.berth.api.v1.SubmitRequest;
import dev.berth.api.v1.Workload;
import dev.berth.api.v1.WorkloadSpec;
import dev.berth.api.v1.WorkloadStatus;
import java.time.Instant;
import java.util.Map;

/** Between the messages of gRPC and the JSON of the use cases. */
final class Messages {
    private Messages() {}

    /** The submission as REST would have brought it. */
    static ObjectNode json(SubmitRequest request) {
        ObjectNode body = Json.object();
        ObjectNode metadata = body.putObject("metadata").put("name", request.getName());
        put(metadata.putObject("labels"), request.getLabelsMap());
        WorkloadSpec from = request.getSpec();
        ObjectNode spec =
                body.putObject("spec").put("project", from.getProject()).put("cluster", from.getCluster());
        putUnlessEmpty(spec, "nodePool", from.getNodePool());
        putUnlessEmpty(spec, "kind", from.getKind());
        putUnlessEmpty(spec, "image", from.getImage());
        putUnlessEmpty(spec, "priorityClass", from.getPriorityClass());
        putUnlessZero(spec, "workers", from.getWorkers());
        putUnlessZero(spec, "minWorkers", from.getMinWorkers());
        if (from.hasPreemptible()) {
            spec.put("preemptible", from.getPreemptible());
        }
        ArrayNode command = spec.putArray("command");
        from.getCommandList().forEach(command::add);
        ArrayNode models = spec.putArray("gpuModels");
        from.getGpuModelsList().forEach(models::add);
        put(spec.putObject("environment"), from.getEnvironmentMap());
        put(spec.putObject("nodeSelector"), from.getNodeSelectorMap());
        put(spec.putObject("annotations"), from.getAnnotationsMap());
        resources(spec.putObject("resources"), from);
        return body;
    }

    private static void resources(ObjectNode resources, WorkloadSpec from) {
        if (from.hasCpuMilli()) {
            resources.put("cpuMilli", from.getCpuMilli());
        }
        if (from.hasMemoryMib()) {
            resources.put("memoryMib", from.getMemoryMib());
        }
        if (from.hasGpu()) {
            ObjectNode gpu = resources.putObject("gpu");
            putUnlessZero(gpu, "devices", from.getGpu().getDevices());
            putUnlessZero(gpu, "fractionMilli", from.getGpu().getFractionMilli());
            putUnlessZero(gpu, "memoryMib", from.getGpu().getMemoryMib());
        }
    }

    static Workload workload(WorkloadRow row) {
        JsonNode spec = Json.trusted(row.spec());
        JsonNode status = WorkloadView.of(row).path("status");
        var message = Workload.newBuilder()
                .setId(row.id().toString())
                .setName(row.name())
                .setCreatedAtMillis(row.createdAt().toInstant().toEpochMilli())
                .setVersion(row.version())
                .setSpec(spec(spec).setStopped(row.stopped()))
                .setStatus(status(status));
        Json.trusted(row.labels())
                .properties()
                .forEach(label ->
                        message.putLabels(label.getKey(), label.getValue().asText()));
        return message.build();
    }

    private static WorkloadSpec.Builder spec(JsonNode from) {
        JsonNode resources = from.path("resources");
        JsonNode gpu = resources.path("gpu");
        var spec = WorkloadSpec.newBuilder()
                .setProject(from.path("project").asText())
                .setCluster(from.path("cluster").asText())
                .setNodePool(from.path("nodePool").asText())
                .setKind(from.path("kind").asText())
                .setImage(from.path("image").asText())
                .setWorkers(from.path("workers").asInt())
                .setMinWorkers(from.path("minWorkers").asInt())
                .setPriorityClass(from.path("priorityClass").asText())
                .setPreemptible(from.path("preemptible").asBoolean())
                .setCpuMilli(resources.path("cpuMilli").asLong())
                .setMemoryMib(resources.path("memoryMib").asLong())
                .setGpu(Gpu.newBuilder()
                        .setDevices(gpu.path("devices").asInt())
                        .setFractionMilli(gpu.path("fractionMilli").asInt())
                        .setMemoryMib(gpu.path("memoryMib").asLong()));
        from.path("command").forEach(word -> spec.addCommand(word.asText()));
        from.path("gpuModels").forEach(model -> spec.addGpuModels(model.asText()));
        from.path("environment")
                .properties()
                .forEach(e -> spec.putEnvironment(e.getKey(), e.getValue().asText()));
        from.path("nodeSelector")
                .properties()
                .forEach(e -> spec.putNodeSelector(e.getKey(), e.getValue().asText()));
        from.path("annotations")
                .properties()
                .forEach(e -> spec.putAnnotations(e.getKey(), e.getValue().asText()));
        return spec;
    }

    private static WorkloadStatus.Builder status(JsonNode from) {
        var status = WorkloadStatus.newBuilder()
                .setPhase(from.path("phase").asText())
                .setReason(from.path("reason").asText())
                .setMessage(from.path("message").asText())
                .setQueuedAtMillis(millis(from.path("queuedAt")))
                .setBoundAtMillis(millis(from.path("boundAt")))
                .setStartedAtMillis(millis(from.path("startedAt")))
                .setFinishedAtMillis(millis(from.path("finishedAt")));
        from.path("podCounts")
                .properties()
                .forEach(e -> status.putPodCounts(e.getKey(), e.getValue().asInt()));
        for (JsonNode pod : from.path("pods")) {
            var message = WorkloadStatus.Pod.newBuilder()
                    .setName(pod.path("name").asText())
                    .setNode(pod.path("node").asText(""))
                    .setGpuMilli(pod.path("gpuMilli").asInt())
                    .setPhase(pod.path("phase").asText());
            pod.path("gpus").forEach(gpu -> message.addGpus(gpu.asInt()));
            status.addPods(message);
        }
        return status;
    }

    private static long millis(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : 0;
    }

    private static void put(ObjectNode node, Map<String, String> map) {
        map.forEach(node::put);
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static void putUnlessZero(ObjectNode node, String name, long value) {
        if (value != 0) {
            node.put(name, value);
        }
    }
}
