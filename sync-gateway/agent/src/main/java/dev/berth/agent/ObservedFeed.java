package dev.berth.agent;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.tunnel.AgentMemory;
import dev.berth.tunnel.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Follows nodes and workloads and keeps the dirty set up to date with what they look like now. */
final class ObservedFeed {
    static final String NODE = "Node";
    static final String WORKLOAD = "Workload";

    private final Cluster cluster;
    private final AgentMemory memory;
    private final GpuTally tally;
    private final Runnable news;
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<String> unlisted = new HashSet<>();
    /** Workloads that exist only as a refusal. */
    private final Map<String, JsonObject> unapplied = new HashMap<>();

    /** @param news told after each change; not yet sent */
    ObservedFeed(Cluster cluster, AgentMemory memory, GpuTally tally, Runnable news) {
        this.cluster = cluster;
        this.memory = memory;
        this.tally = tally;
        this.news = news;
    }

    /** Lists and follows, also for a second time when the memory was emptied. */
    void follow() {
        close();
        unlisted.add(NODE);
        unlisted.add(WORKLOAD);
        watches.add(
                cluster.watch(Node.class, change -> changed(NODE, change, ObservedFeed::uidOf, ObservedBodies::node)));
        watches.add(cluster.watch(
                Workload.class, change -> changed(WORKLOAD, change, ObservedFeed::idOf, ObservedBodies::workload)));
    }

    private <T extends HasMetadata> void changed(
            String kind, Change<T> change, Function<T, String> uid, Function<T, byte[]> body) {
        change.match(
                reset -> {
                    Set<String> uids = new HashSet<>();
                    tally.reset(kind);
                    for (T object : reset.all()) {
                        String id = uid.apply(object);
                        if (!id.isEmpty()) {
                            uids.add(id);
                            upserted(new ObjectRef(kind, id), object, body.apply(object));
                        }
                    }
                    if (kind.equals(WORKLOAD)) {
                        uids.addAll(unapplied.keySet());
                        unapplied.forEach((id, status) -> memory.dirty()
                                .changed(new ObjectRef(WORKLOAD, id), ObservedBodies.unapplied(id, status)));
                    }
                    memory.dirty().retain(kind, uids);
                    unlisted.remove(kind);
                    if (unlisted.isEmpty()) {
                        memory.listed();
                    }
                },
                upserted -> {
                    String id = uid.apply(upserted.object());
                    if (!id.isEmpty()) {
                        upserted(new ObjectRef(kind, id), upserted.object(), body.apply(upserted.object()));
                    }
                },
                deleted -> {
                    String id = uid.apply(deleted.object());
                    tally.removed(kind, id);
                    if (!unapplied.containsKey(id)) {
                        memory.dirty().deleted(new ObjectRef(kind, id));
                    }
                });
        news.run();
    }

    private void upserted(ObjectRef ref, HasMetadata object, byte[] body) {
        tally.changed(ref, object);
        memory.dirty().changed(ref, body);
    }

    /** Something that is no object of the cluster. */
    void report(ObjectRef ref, JsonObject body) {
        memory.dirty().changed(ref, body.encode().getBytes(StandardCharsets.UTF_8));
        news.run();
    }

    void withdraw(ObjectRef ref) {
        memory.dirty().deleted(ref);
        news.run();
    }

    /** The cluster has no such workload, because it refused it. */
    void reportUnapplied(String uid, JsonObject status) {
        unapplied.put(uid, status);
        memory.dirty().changed(new ObjectRef(WORKLOAD, uid), ObservedBodies.unapplied(uid, status));
        news.run();
    }

    /** The refusal is over: either the watch tells the rest, or there is nothing to tell. */
    void passed(String uid, boolean removed) {
        if (unapplied.remove(uid) != null && removed) {
            withdraw(new ObjectRef(WORKLOAD, uid));
        }
    }

    private static String uidOf(HasMetadata object) {
        String uid = object.getMetadata().getUid();
        return uid == null || uid.isEmpty() ? object.getMetadata().getName() : uid;
    }

    private static String idOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(Labels.WORKLOAD_ID, "");
    }

    void close() {
        watches.forEach(Cluster.Watching::close);
        watches.clear();
    }
}
