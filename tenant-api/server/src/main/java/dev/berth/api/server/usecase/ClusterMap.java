package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.NodeStore;
import dev.berth.api.server.wire.Json;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One compact answer for a whole cluster: arrays instead of objects, nodes named once. */
final class ClusterMap {
    private final NodeStore nodes = new NodeStore();

    Future<ObjectNode> of(Look look, UUID cluster, long version) {
        Future<List<NodeStore.Node>> all = nodes.ofCluster(look, cluster);
        Future<List<NodeStore.Holder>> holders = nodes.holders(look, cluster);
        return Future.all(all, holders).map(found -> {
            ObjectNode map = Json.object().put("version", version);
            ArrayNode places = map.putArray("nodes");
            Map<String, Integer> indices = new HashMap<>();
            for (NodeStore.Node node : all.result()) {
                indices.put(node.name(), indices.size());
                places.addArray()
                        .add(node.name())
                        .add(node.pool())
                        .add(Nodes.model(Json.trusted(node.body())))
                        .add(node.gpus())
                        .add(node.ready());
            }
            ArrayNode held = map.putArray("holders");
            holders.result().forEach(holder -> add(held, holder, indices));
            return map;
        });
    }

    private static void add(ArrayNode held, NodeStore.Holder holder, Map<String, Integer> indices) {
        ArrayNode row = held.addArray()
                .add(holder.workload().toString())
                .add(holder.name())
                .add(holder.project())
                .add(holder.phase());
        ArrayNode cells = row.addArray();
        for (JsonNode pod : Json.trusted(holder.pods())) {
            Integer index = indices.get(pod.path("node").asText(""));
            String phase = pod.path("phase").asText("");
            if (index != null && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                pod.path("gpus").forEach(gpu -> cells.addArray()
                        .add(index.intValue())
                        .add(gpu.asInt())
                        .add(pod.path("gpuMilli").asInt()));
            }
        }
    }
}
