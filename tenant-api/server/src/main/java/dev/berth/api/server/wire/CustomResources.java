package dev.berth.api.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.model.Labels;

/** What a cluster shall hold, as the custom resources that its agent applies as they are. */
public final class CustomResources {
    private CustomResources() {}

    public static ObjectNode department(String name, JsonNode spec, String clusterName) {
        ObjectNode resource = resource("Department", name);
        quotas(resource.putObject("spec"), spec, clusterName);
        return resource;
    }

    public static ObjectNode project(String name, JsonNode spec, String clusterName) {
        ObjectNode resource = resource("Project", name);
        ObjectNode out = resource.putObject("spec");
        out.put("department", spec.path("department").asText(""));
        out.put("namespace", Labels.NAMESPACE_PREFIX + name);
        quotas(out, spec, clusterName);
        return resource;
    }

    public static ObjectNode nodePool(String name, JsonNode spec) {
        ObjectNode resource = resource("NodePool", name);
        ObjectNode out = resource.putObject("spec");
        for (String member : new String[] {"labelKey", "labelValue", "placement"}) {
            out.set(member, spec.path(member));
        }
        return resource;
    }

    /** The workload in its project's namespace; {@code stopped} is what a user asked for since. */
    public static ObjectNode workload(String id, String name, JsonNode spec, boolean stopped) {
        ObjectNode resource = resource("Workload", name);
        String project = spec.path("project").asText();
        ObjectNode metadata = (ObjectNode) resource.get("metadata");
        metadata.put("namespace", Labels.NAMESPACE_PREFIX + project);
        metadata.putObject("labels").put(Labels.WORKLOAD_ID, id).put(Labels.PROJECT, project);
        ObjectNode out = resource.putObject("spec");
        copy(spec, out, "project", "nodePool", "kind", "workers", "minWorkers", "priorityClass", "preemptible");
        out.put("stopped", stopped);
        ObjectNode pod = out.putObject("pod");
        copy(spec, pod, "image", "command", "environment", "gpuModels", "nodeSelector", "annotations");
        copy(spec.path("resources"), pod, "cpuMilli", "memoryMib", "gpu");
        return resource;
    }

    private static ObjectNode resource(String kind, String name) {
        ObjectNode resource = Json.object();
        resource.put("apiVersion", Labels.GROUP + "/" + Labels.VERSION).put("kind", kind);
        resource.putObject("metadata").put("name", name);
        return resource;
    }

    private static void quotas(ObjectNode out, JsonNode spec, String clusterName) {
        copy(spec, out, "displayName", "priority");
        ArrayNode quotas = out.putArray("quotas");
        for (JsonNode quota : spec.path("quotas")) {
            String cluster = quota.path("cluster").asText("");
            if (cluster.isEmpty() || cluster.equals(clusterName)) {
                copy(quota, quotas.addObject(), "nodePool", "priority", "gpuMilli", "cpuMilli", "memoryMib");
            }
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String... members) {
        for (String member : members) {
            JsonNode value = from.get(member);
            if (value != null) {
                to.set(member, value);
            }
        }
    }
}
