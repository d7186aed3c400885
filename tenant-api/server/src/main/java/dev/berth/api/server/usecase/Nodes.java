package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.NodeStore;
import dev.berth.api.server.store.NodeStore.LivePod;
import dev.berth.api.server.store.NodeStore.Node;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.wire.Cursor;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Page;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes with the holders of each of their GPUs. */
public final class Nodes {
    public static final String KIND = "Node";

    private final TenantTransaction transactions;
    private final NodeStore store = new NodeStore();

    public Nodes(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    /** Which nodes; empty lists ask for nothing in particular. */
    public record Asked(
            List<String> clusters,
            List<String> pools,
            @Nullable String cursor,
            int limit) {}

    public Future<Page<ObjectNode>> list(Principal who, Asked asked) {
        Grants.require(who, Need.READ);
        String cursor = asked.cursor();
        List<String> after =
                cursor == null ? null : Cursor.decode(cursor, KIND, 2).values();
        return transactions.read(who.tenant(), look -> store.page(
                        look, asked.clusters(), asked.pools(), after, asked.limit() + 1)
                .compose(rows -> {
                    boolean more = rows.size() > asked.limit();
                    List<Node> shown = more ? rows.subList(0, asked.limit()) : rows;
                    Node last = more ? shown.get(asked.limit() - 1) : null;
                    String next =
                            last == null ? null : new Cursor(KIND, List.of(last.cluster(), last.name())).encoded();
                    return views(look, shown).map(items -> new Page<>(items, next));
                }));
    }

    /** Each with its holders. */
    public Future<List<ObjectNode>> views(Look look, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return store.podsOn(look, nodes).map(pods -> {
            Map<String, List<LivePod>> byNode = new HashMap<>();
            for (LivePod pod : pods) {
                String key = pod.cluster() + "/" + pod.node();
                byNode.computeIfAbsent(key, any -> new ArrayList<>()).add(pod);
            }
            return nodes.stream()
                    .map(node -> view(node, byNode.getOrDefault(node.clusterId() + "/" + node.name(), List.of())))
                    .toList();
        });
    }

    static String model(JsonNode body) {
        String model = body.path("gpuModel").asText("");
        return model.isEmpty() ? body.path("labels").path("model").asText("") : model;
    }

    private static ObjectNode view(Node node, List<LivePod> pods) {
        JsonNode body = Json.trusted(node.body());
        ObjectNode object = Envelope.of(
                KIND,
                new Envelope.Identity(
                        node.clusterId() + "/" + node.name(),
                        node.name(),
                        Json.object(),
                        node.createdAt(),
                        node.updatedAt(),
                        node.version()));
        object.putObject("spec").put("cluster", node.cluster());
        ObjectNode status = object.putObject("status");
        status.put("ready", node.ready()).put("pool", node.pool()).put("gpuModel", model(body));
        status.put("gpuMemoryMib", body.path("gpuMemoryMib").asLong());
        ArrayNode gpus = status.putArray("gpus");
        for (int index = 0; index < node.gpus(); index++) {
            gpus.addObject().put("index", index).put("allocatedMilli", 0).putArray("holders");
        }
        JsonNode allocatable = body.path("allocatable");
        status.putObject("allocatable")
                .put("cpuMilli", allocatable.path("cpuMilli").asLong())
                .put("memoryMib", allocatable.path("memoryMib").asLong())
                .put("gpuMilli", allocatable.path("gpuMilli").asLong(node.gpus() * 1000L));
        allocate(status, gpus, pods);
        return object;
    }

    private static void allocate(ObjectNode status, ArrayNode gpus, List<LivePod> pods) {
        long cpu = 0;
        long memory = 0;
        long total = 0;
        for (LivePod live : pods) {
            cpu += live.cpuMilli();
            memory += live.memoryMib();
            int milli = live.milli();
            for (JsonNode index : Json.trusted(live.gpus())) {
                total += milli;
                if (gpus.get(index.asInt(-1)) instanceof ObjectNode gpu) {
                    gpu.put("allocatedMilli", gpu.path("allocatedMilli").asInt() + milli);
                    ((ArrayNode) gpu.get("holders"))
                            .addObject()
                            .put("workloadId", live.workload().toString())
                            .put("name", live.name())
                            .put("project", live.project())
                            .put("milli", milli);
                }
            }
        }
        status.putObject("allocated")
                .put("cpuMilli", cpu)
                .put("memoryMib", memory)
                .put("gpuMilli", total);
    }
}
