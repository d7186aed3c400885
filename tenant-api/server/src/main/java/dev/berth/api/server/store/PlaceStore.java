package dev.berth.api.server.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what submissions name: projects, clusters and pools, each by name or id. */
public final class PlaceStore {
    /** A project or cluster. The state is a cluster's. */
    public record Place(UUID id, String name, String state) {}

    /** What was found. */
    public record Places(Map<String, Place> projects, Map<String, Place> clusters, Set<String> pools) {
        public @Nullable Place project(String idOrName) {
            return projects.get(idOrName);
        }

        public @Nullable Place cluster(String idOrName) {
            return clusters.get(idOrName);
        }

        public boolean hasPool(Place cluster, String pool) {
            return pools.contains(cluster.id() + "/" + pool);
        }
    }

    public Future<Places> find(Look look, Collection<String> projects, Collection<String> clusters) {
        String[] clusterNames = clusters.toArray(String[]::new);
        var foundProjects = look.query(
                "SELECT id, name, '' AS state FROM projects WHERE name = ANY ($1) OR id::text = ANY ($1)",
                (Object) projects.toArray(String[]::new));
        var foundClusters =
                look.query("SELECT id, name, state FROM clusters WHERE name = ANY ($1) OR id::text = ANY ($1)", (Object)
                        clusterNames);
        var foundPools = look.query(
                "SELECT p.cluster_id, p.name FROM node_pools p JOIN clusters c ON c.tenant_id = p.tenant_id AND c.id = p.cluster_id"
                        + " WHERE c.name = ANY ($1) OR c.id::text = ANY ($1)",
                (Object) clusterNames);
        return Future.all(foundProjects, foundClusters, foundPools).map(all -> {
            Set<String> pools = new HashSet<>();
            foundPools.result().forEach(row -> pools.add(row.getUUID("cluster_id") + "/" + row.getString("name")));
            return new Places(byKey(foundProjects.result()), byKey(foundClusters.result()), pools);
        });
    }

    private static Map<String, Place> byKey(RowSet<Row> rows) {
        Map<String, Place> found = new HashMap<>();
        for (Row row : rows) {
            var place = new Place(row.getUUID("id"), row.getString("name"), row.getString("state"));
            found.put(place.id().toString(), place);
        }
        // A name wins over an id that reads the same.
        for (Place place : java.util.List.copyOf(found.values())) {
            found.put(place.name(), place);
        }
        return found;
    }
}
