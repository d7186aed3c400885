package dev.berth.demo.client;

import dev.berth.demo.trace.TracePod;
import dev.berth.model.Labels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A pod of a trace as the REST API wants to see it. */
public final class Submission {
    private Submission() {}

    public static JsonObject of(TracePod pod, String name, String cluster) {
        JsonObject annotations = new JsonObject().put(Labels.SIMULATED_RUN_MILLIS, Long.toString(pod.runMillis()));
        if (pod.failed()) {
            annotations.put(Labels.SIMULATED_OUTCOME, "failed");
        }
        JsonObject spec = new JsonObject()
                .put("project", Organisation.projectOf(pod.name()))
                .put("cluster", cluster)
                .put("kind", pod.workers() > 1 ? "distributed" : "training")
                .put("image", "registry.example/trace:1")
                .put("workers", pod.workers())
                .put("priorityClass", pod.priority().word())
                .put("preemptible", true)
                .put("resources", resources(pod))
                .put("annotations", annotations);
        if (!pod.models().isEmpty()) {
            spec.put("gpuModels", new JsonArray(pod.models().stream().toList()));
        }
        return new JsonObject()
                .put("metadata", new JsonObject().put("name", name))
                .put("spec", spec);
    }

    private static JsonObject resources(TracePod pod) {
        JsonObject resources = new JsonObject().put("cpuMilli", pod.cpuMilli()).put("memoryMib", pod.memoryMib());
        if (pod.gpus() > 0) {
            JsonObject gpu = new JsonObject().put("devices", pod.gpus());
            if (pod.gpuMilli() < 1000) {
                gpu.put("fractionMilli", pod.gpuMilli());
            }
            resources.put("gpu", gpu);
        }
        return resources;
    }
}
