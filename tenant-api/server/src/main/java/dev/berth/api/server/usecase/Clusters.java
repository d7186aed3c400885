package dev.berth.api.server.usecase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.access.Grants;
import dev.berth.api.server.access.Grants.Need;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.access.Secret;
import dev.berth.api.server.store.Change;
import dev.berth.api.server.store.ClusterStore;
import dev.berth.api.server.store.ClusterStore.Cluster;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.Named;
import dev.berth.api.server.store.NamedStore;
import dev.berth.api.server.store.OutboxStore;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.wire.Cursor;
import dev.berth.api.server.wire.Envelope;
import dev.berth.api.server.wire.Json;
import dev.berth.api.server.wire.OrganisationForm;
import dev.berth.model.Labels;
import dev.berth.model.Page;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clusters: created here, brought in by an agent that shows a join token. */
public final class Clusters {
    public static final String KIND = "Cluster";
    private static final Duration JOIN_TOKEN_LIFE = Duration.ofHours(1);

    private final TenantTransaction transactions;
    private final JoinAddress address;
    private final ClusterStore store = new ClusterStore();
    private final ClusterCopies copies = new ClusterCopies(store);
    private final OutboxStore outbox = new OutboxStore();
    private final ClusterMap map = new ClusterMap();

    /** Where agents dial, and the pin of the authority that signed what they meet there. */
    public record JoinAddress(String tunnelUrl, String pin) {}

    public Clusters(TenantTransaction transactions, JoinAddress address) {
        this.transactions = transactions;
        this.address = address;
    }

    /** Creates it with the pool "default" and everything that projects already are. */
    public Future<ObjectNode> create(Principal who, OrganisationForm form) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(
                who.tenant(), change -> store.find(change, form.head().name()).compose(same -> {
                    if (same != null && same.name().equals(form.head().name())) {
                        throw new Refused(new Refusal.Conflict(
                                "There is a cluster \"" + same.name() + "\" already.", "Choose another name."));
                    }
                    UUID id = Secret.newId(change.now().toInstant().toEpochMilli());
                    String name = form.head().name();
                    long version = change.touch(KIND, id.toString(), name, "ADDED");
                    var row = new Named(
                            id,
                            name,
                            form.head().labelsJson(),
                            Json.text(form.spec()),
                            1,
                            version,
                            change.now(),
                            change.now(),
                            null,
                            "");
                    return store.insert(change, row)
                            .compose(v -> copies.all(change, new ClusterStore.Key(id, name)))
                            .compose(v -> defaultPool(change, id, name))
                            .compose(v -> one(change, id.toString()))
                            .map(Clusters::view);
                }));
    }

    public Future<ObjectNode> get(Principal who, String idOrName) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> one(look, idOrName).map(Clusters::view));
    }

    public Future<Page<ObjectNode>> list(Principal who, @Nullable String cursor, int limit) {
        Grants.require(who, Need.READ);
        String after =
                cursor == null ? null : Cursor.decode(cursor, KIND, 1).values().get(0);
        return transactions.read(
                who.tenant(), look -> store.page(look, after, limit + 1).map(rows -> {
                    boolean more = rows.size() > limit;
                    List<Cluster> shown = more ? rows.subList(0, limit) : rows;
                    String next =
                            more ? new Cursor(KIND, List.of(shown.get(limit - 1).name())).encoded() : null;
                    return new Page<>(shown.stream().map(Clusters::view).toList(), next);
                }));
    }

    /** Forgets a cluster that holds no workloads; its agent is turned away from then on. */
    public Future<Void> delete(Principal who, String idOrName) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(who.tenant(), change -> one(change, idOrName)
                .compose(row -> store.busy(change, row.id()).compose(busy -> {
                    if (busy) {
                        throw new Refused(new Refusal.Conflict(
                                "Expected a cluster without workloads, but \"" + row.name() + "\" has some.",
                                "Delete its workloads first."));
                    }
                    change.touch(KIND, row.id().toString(), row.name(), "DELETED");
                    return store.delete(change, row.id());
                })));
    }

    /** Makes the one-time token; it replaces one that was not used. */
    public Future<ObjectNode> joinToken(Principal who, String idOrName) {
        Grants.require(who, Need.CHANGE_CLUSTERS);
        return transactions.write(who.tenant(), change -> one(change, idOrName).compose(row -> {
            String secret = Secret.random("");
            var expiresAt = change.now().plus(JOIN_TOKEN_LIFE);
            String token = "bt1." + row.id() + "." + secret + "." + address.pin();
            ObjectNode answer = Json.object()
                    .put("token", token)
                    .put("expiresAt", Json.time(expiresAt))
                    .put(
                            "command",
                            "BERTH_AGENT_CLUSTER=" + row.name() + " BERTH_AGENT_JOIN_TOKEN=" + token
                                    + " BERTH_AGENT_GATEWAY_URL=" + address.tunnelUrl()
                                    + " java -jar berth.jar run --roles agent,operator,scheduler");
            return store.putJoinToken(change, row.id(), Secret.sha256(secret), expiresAt)
                    .map(answer);
        }));
    }

    /** All nodes and who holds their GPUs; the version is where a watch continues. */
    public Future<ObjectNode> map(Principal who, String idOrName) {
        Grants.require(who, Need.READ);
        return transactions.read(who.tenant(), look -> outbox.standing(look)
                .compose(standing -> one(look, idOrName).compose(row -> map.of(look, row.id(), standing.version()))));
    }

    private Future<Cluster> one(Look look, String idOrName) {
        return store.find(look, idOrName).map(row -> {
            if (row == null) {
                throw new Refused(new Refusal.NotFound("cluster", Names.shown(idOrName)));
            }
            return row;
        });
    }

    private Future<Void> defaultPool(Change change, UUID cluster, String clusterName) {
        UUID id = Secret.newId(change.now().toInstant().toEpochMilli());
        String name = Labels.DEFAULT_POOL;
        ObjectNode spec = Json.object()
                .put("cluster", clusterName)
                .put("labelKey", Labels.NODE_POOL)
                .put("labelValue", name)
                .put("placement", "binpack");
        long version = change.touch(ClusterCopies.NODE_POOL, id.toString(), name, "ADDED");
        var pool = new Named(
                id, name, "{}", Json.text(spec), 1, version, change.now(), change.now(), cluster, clusterName);
        copies.toCluster(change, cluster, pool, false);
        return NamedStore.NODE_POOLS.insert(change, pool);
    }

    /** A cluster as users see it. */
    public static ObjectNode view(Cluster row) {
        ObjectNode object = Envelope.of(
                KIND,
                new Envelope.Identity(
                        row.id().toString(),
                        row.name(),
                        Json.raw(row.labels()),
                        row.createdAt(),
                        row.updatedAt(),
                        row.version()));
        object.set("spec", Json.raw(row.spec()));
        ObjectNode status = object.putObject("status").put("state", row.state());
        var seen = row.lastSeenAt();
        if (seen == null) {
            status.putNull("lastSeenAt");
        } else {
            status.put("lastSeenAt", Json.time(seen));
        }
        status.put("nodes", row.nodes())
                .put("gpus", row.gpus())
                .put("allocatedGpuMilli", row.heldGpuMilli())
                .put("version", row.agentVersion());
        return object;
    }
}
