package dev.berth.api.server.rest;

import dev.berth.api.server.store.Named;
import dev.berth.api.server.usecase.Clusters;
import dev.berth.api.server.usecase.NodePools;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.OrganisationForm;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Clusters, node pools and nodes. */
final class ClusterRoutes implements Handlers {
    private static final String KEY = "idOrName";

    private final Clusters clusters;
    private final NodePools pools;
    private final Nodes nodes;
    private final Streams streams;

    ClusterRoutes(Clusters clusters, NodePools pools, Nodes nodes, Streams streams) {
        this.clusters = clusters;
        this.pools = pools;
        this.nodes = nodes;
        this.streams = streams;
    }

    @Override
    public Map<String, Handler> handlers() {
        Map<String, Handler> handlers = new HashMap<>();
        handlers.put(
                "listClusters",
                ask -> ask.flag("watch")
                        ? streams.clusters(ask)
                        : clusters.list(ask.who(), ask.value("cursor"), ask.limit())
                                .map(Reply::page));
        handlers.put("createCluster", ask -> clusters.create(ask.who(), OrganisationForm.cluster(ask.json()))
                .map(object -> Reply.created(object, "/api/v1/clusters")));
        handlers.put("getCluster", ask -> clusters.get(ask.who(), ask.variable(KEY))
                .map(object -> Reply.object(200, object)));
        handlers.put("deleteCluster", ask -> clusters.delete(ask.who(), ask.variable(KEY))
                .map(v -> Reply.nothing()));
        handlers.put("createJoinToken", ask -> clusters.joinToken(ask.who(), ask.variable(KEY))
                .map(token -> Reply.of(201, token)));
        handlers.put("getClusterMap", this::map);
        putNodes(handlers);
        putPools(handlers);
        return handlers;
    }

    private void putNodes(Map<String, Handler> handlers) {
        handlers.put(
                "listNodes",
                ask -> ask.flag("watch")
                        ? streams.nodes(ask)
                        : nodes.list(
                                        ask.who(),
                                        new Nodes.Asked(
                                                ask.words("cluster"),
                                                ask.words("pool"),
                                                ask.value("cursor"),
                                                ask.limit()))
                                .map(Reply::page));
    }

    private void putPools(Map<String, Handler> handlers) {
        handlers.put(
                "listNodePools", ask -> pools.list(ask.who(), ask.words("cluster"), ask.value("cursor"), ask.limit())
                        .map(Reply::page));
        handlers.put("createNodePool", ask -> pools.create(ask.who(), OrganisationForm.nodePool(ask.json()))
                .map(object -> Reply.created(object, "/api/v1/node-pools")));
        handlers.put("getNodePool", ask -> pools.get(ask.who(), ask.variable(KEY), ask.text("cluster"))
                .map(object -> Reply.object(200, object)));
        handlers.put(
                "replaceNodePool", ask -> pools.replace(ask.who(), wanted(ask), OrganisationForm.nodePool(ask.json()))
                        .map(object -> Reply.object(200, object)));
        handlers.put(
                "deleteNodePool", ask -> pools.delete(ask.who(), wanted(ask)).map(v -> Reply.nothing()));
    }

    private Future<Reply> map(Ask ask) {
        return clusters.map(ask.who(), ask.variable(KEY)).map(map -> {
            String etag = Envelope.etag(map.path("version").asLong());
            Reply reply = ask.holds(etag) ? new Reply(304, Map.of(), null) : Reply.ok(map);
            return reply.with("ETag", '"' + etag + '"');
        });
    }

    private static Named.Wanted wanted(Ask ask) {
        return new Named.Wanted(ask.variable(KEY), ask.text("cluster"), ask.ifMatch());
    }
}
