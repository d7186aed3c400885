package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.usecase.Usage.Sum;
import dev.berth.api.server.usecase.Usage.Uses;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Departments and projects as users see them. */
public final class OrganisationView {
    private OrganisationView() {}

    static ObjectNode of(String kind, Named row, Uses uses) {
        ObjectNode object = head(kind, row);
        ArrayNode places = put(object.putObject("status"), uses.total()).putArray("usage");
        uses.places()
                .forEach(place -> put(
                        places.addObject()
                                .put("cluster", place.place().cluster())
                                .put("nodePool", place.place().nodePool()),
                        place.sum()));
        return object;
    }

    /** Each with what it uses. */
    public static List<ObjectNode> all(String kind, List<Named> rows, Map<UUID, Uses> uses) {
        return rows.stream()
                .map(row -> of(kind, row, uses.getOrDefault(row.id(), Uses.NONE)))
                .toList();
    }

    private static ObjectNode put(ObjectNode object, Sum sum) {
        return object.put("allocatedGpuMilli", sum.heldGpuMilli())
                .put("requestedGpuMilli", sum.requestedGpuMilli())
                .put("running", sum.running())
                .put("queued", sum.queued());
    }

    static ObjectNode head(String kind, Named row) {
        ObjectNode object = Envelope.of(
                kind,
                new Envelope.Identity(
                        row.id().toString(),
                        row.name(),
                        Json.raw(row.labels()),
                        row.createdAt(),
                        row.updatedAt(),
                        row.version()));
        object.set("spec", Json.raw(row.spec()));
        return object;
    }
}
