package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.store.Change;
import dev.berth.api.server.store.Change.Desired;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.wire.CustomResources;
import dev.berth.api.server.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * The copies of departments, projects and pools that clusters hold. Every cluster has every department and project, with
 * the quotas that concern it, so a workload never arrives before its project.
 */
final class ClusterCopies {
    static final String DEPARTMENT = "Department";
    static final String PROJECT = "Project";
    static final String NODE_POOL = "NodePool";

    private final ClusterStore clusters;

    ClusterCopies(ClusterStore clusters) {
        this.clusters = clusters;
    }

    /** Sends the department or project to every cluster of the tenant. */
    Future<Void> everywhere(Change change, String kind, Named row, boolean deleted) {
        return clusters.keys(change).map(keys -> {
            JsonNode spec = Json.trusted(row.spec());
            for (ClusterStore.Key key : keys) {
                change.desire(key.id(), copy(kind, row, spec, key.name(), deleted));
            }
            return null;
        });
    }

    void toCluster(Change change, UUID cluster, Named pool, boolean deleted) {
        change.desire(cluster, copy(NODE_POOL, pool, Json.trusted(pool.spec()), "", deleted));
    }

    /** Sends a new cluster what was there before it, departments first. */
    Future<Void> all(Change change, ClusterStore.Key cluster) {
        var departments = NamedStore.DEPARTMENTS.all(change);
        var projects = NamedStore.PROJECTS.all(change);
        return Future.all(departments, projects).map(found -> {
            departments
                    .result()
                    .forEach(row -> change.desire(
                            cluster.id(), copy(DEPARTMENT, row, Json.trusted(row.spec()), cluster.name(), false)));
            projects.result()
                    .forEach(row -> change.desire(
                            cluster.id(), copy(PROJECT, row, Json.trusted(row.spec()), cluster.name(), false)));
            return null;
        });
    }

    private static Desired copy(String kind, Named row, JsonNode spec, String clusterName, boolean deleted) {
        ObjectNode resource =
                switch (kind) {
                    case DEPARTMENT -> CustomResources.department(row.name(), spec, clusterName);
                    case PROJECT -> CustomResources.project(row.name(), spec, clusterName);
                    default -> CustomResources.nodePool(row.name(), spec);
                };
        int generation = deleted ? row.generation() + 1 : row.generation();
        return new Desired(kind, row.id().toString(), generation, Buffer.buffer(Json.bytes(resource)), deleted);
    }
}
