package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.NodeStore;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.wire.Json;
import dev.berth.api.server.wire.OrganisationForm;
import dev.berth.model.Labels;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Node pools: parts of a cluster with quotas of their own. */
public final class NodePools {
    private final TenantTransaction transactions;
    private final ConfigObjects objects =
            new ConfigObjects(ClusterCopies.NODE_POOL, "node pool", NamedStore.NODE_POOLS);
    private final ClusterStore clusters = new ClusterStore();
    private final NodeStore nodes = new NodeStore();
    private final ClusterCopies copies = new ClusterCopies(clusters);

    public NodePools(TenantTransaction transactions) {
        this.transactions = transactions;
    }

    public Future<ObjectNode> create(Principal who, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(
                who.tenant(), change -> clusters.find(change, form.parent()).compose(cluster -> {
                    if (cluster == null) {
                        throw ConfigObjects.invalid(
                                "/spec/cluster",
                                "unknown-reference",
                                "There is no cluster \"" + Names.shown(form.parent()) + "\".");
                    }
                    form.spec().put("cluster", cluster.name());
                    return objects.create(change, form, cluster.id(), cluster.name())
                            .compose(row -> {
                                copies.toCluster(change, cluster.id(), row, false);
                                return view(change, row);
                            });
                }));
    }

    public Future<ObjectNode> get(Principal who, String idOrName, String cluster) {
        Grants.require(who, Need.READ);
        return transactions.read(
                who.tenant(), look -> objects.one(look, idOrName, cluster).compose(row -> view(look, row)));
    }

    public Future<Page<ObjectNode>> list(Principal who, List<String> ofClusters, @Nullable String cursor, int limit) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> objects.page(look, ofClusters, cursor, limit)
                .compose(page -> views(look, page.items()).map(items -> new Page<>(items, page.next()))));
    }

    public Future<ObjectNode> replace(Principal who, Named.Wanted wanted, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(
                who.tenant(), change -> objects.current(change, wanted.idOrName(), wanted.parent(), wanted.ifMatch())
                        .compose(before -> {
                            if (!form.parent().equals(before.parentName())
                                    && !form.parent().equals(String.valueOf(before.parent()))) {
                                throw ConfigObjects.invalid(
                                        "/spec/cluster", "constant", "A node pool does not move to another cluster.");
                            }
                            form.spec().put("cluster", before.parentName());
                            return objects.replace(change, before, form, before.parent(), before.parentName())
                                    .compose(row -> {
                                        copies.toCluster(change, cluster(row), row, false);
                                        return view(change, row);
                                    });
                        }));
    }

    public Future<Void> delete(Principal who, Named.Wanted wanted) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(
                who.tenant(), change -> objects.current(change, wanted.idOrName(), wanted.parent(), wanted.ifMatch())
                        .compose(row -> {
                            if (row.name().equals(Labels.DEFAULT_POOL)) {
                                throw new Refused(new Refusal.Conflict(
                                        "The pool \"default\" stays: it holds the nodes of no other pool.",
                                        "Give its nodes another pool's label."));
                            }
                            copies.toCluster(change, cluster(row), row, true);
                            return objects.delete(change, row);
                        }));
    }

    private static UUID cluster(Named pool) {
        return Objects.requireNonNull(pool.parent(), "a pool has a cluster");
    }

    private Future<ObjectNode> view(Look look, Named row) {
        return views(look, List.of(row)).map(all -> all.get(0));
    }

    private Future<List<ObjectNode>> views(Look look, List<Named> rows) {
        List<UUID> ids = rows.stream().map(NodePools::cluster).distinct().toList();
        return nodes.poolSums(look, ids).map(sums -> {
            Map<String, ObjectNode> statuses = new HashMap<>();
            sums.forEach(sum -> statuses.put(
                    sum.getUUID("cluster_id") + "/" + sum.getString("pool"),
                    status(sum.getLong("nodes"), sum.getLong("gpus"), sum.getLong("held"))));
            var views = new ArrayList<ObjectNode>(rows.size());
            for (Named row : rows) {
                ObjectNode view = OrganisationView.head(ClusterCopies.NODE_POOL, row);
                view.set("status", statuses.getOrDefault(row.parent() + "/" + row.name(), status(0, 0, 0)));
                views.add(view);
            }
            return views;
        });
    }

    private static ObjectNode status(long nodes, long gpus, long held) {
        return Json.object().put("nodes", nodes).put("gpus", gpus).put("allocatedGpuMilli", held);
    }
}
