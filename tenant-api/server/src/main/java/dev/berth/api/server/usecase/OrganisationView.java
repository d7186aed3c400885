package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.usecase.Usage.Sum;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Departments and projects as users see them. */
public final class OrganisationView {
    private OrganisationView() {}

    static ObjectNode of(String kind, Named row, Sum sum) {
        ObjectNode object = head(kind, row);
        object.putObject("status")
                .put("allocatedGpuMilli", sum.heldGpuMilli())
                .put("requestedGpuMilli", sum.requestedGpuMilli())
                .put("running", sum.running())
                .put("queued", sum.queued());
        return object;
    }

    /** Each with its sum. */
    public static List<ObjectNode> all(String kind, List<Named> rows, Map<UUID, Sum> sums) {
        return rows.stream()
                .map(row -> of(kind, row, sums.getOrDefault(row.id(), Usage.NONE)))
                .toList();
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
