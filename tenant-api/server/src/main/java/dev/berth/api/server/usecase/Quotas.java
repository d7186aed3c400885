package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.Look;
import dev.berth.model.Refusal;
import dev.berth.model.Refusal.FieldError;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.ArrayList;

/** Ties the clusters that quotas name to clusters that there are; ids become names. */
final class Quotas {
    private final ClusterStore clusters;

    Quotas(ClusterStore clusters) {
        this.clusters = clusters;
    }

    Future<Void> tie(Look look, ObjectNode spec) {
        return clusters.keys(look).map(keys -> {
            var errors = new ArrayList<FieldError>();
            int index = 0;
            for (JsonNode quota : spec.path("quotas")) {
                String named = quota.path("cluster").asText("");
                String pointer = "/spec/quotas/" + index++ + "/cluster";
                if (named.isEmpty()) {
                    continue;
                }
                keys.stream()
                        .filter(key ->
                                key.name().equals(named) || key.id().toString().equals(named))
                        .findFirst()
                        .ifPresentOrElse(
                                key -> ((ObjectNode) quota).put("cluster", key.name()),
                                () -> errors.add(new FieldError(
                                        pointer,
                                        "unknown-reference",
                                        "There is no cluster \"" + Names.shown(named) + "\".")));
            }
            if (!errors.isEmpty()) {
                throw new Refused(new Refusal.Invalid("The quotas name clusters that there are not.", errors));
            }
            return null;
        });
    }
}
