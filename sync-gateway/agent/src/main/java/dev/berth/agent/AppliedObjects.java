package dev.berth.agent;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import dev.berth.tunnel.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of the cluster are Berth's, and from which entry of the desired log each was written last. Followed by
 * watches, and told by whoever writes, since a watch is a moment late.
 */
final class AppliedObjects {
    /** Where an object is and what it was written from. */
    record Applied(ObjectKey key, String storeId, long dseq) {
        /** Whether this entry of the log is already in the cluster, or a newer one is. */
        boolean covers(String ofStore, long entry) {
            return storeId.equals(ofStore) && dseq >= entry;
        }
    }

    private final Map<ObjectRef, Applied> objects = new HashMap<>();
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Promise<Void> listed = Promise.promise();

    /** Begins to follow; the future is done when every kind was listed once. */
    Future<Void> follow(Cluster cluster) {
        DesiredKinds.all().forEach(kind -> unlisted.add(kind.getKey()));
        DesiredKinds.all().forEach(kind -> watches.add(watch(cluster, kind.getKey(), kind.getValue())));
        return listed.future();
    }

    private <T extends HasMetadata> Cluster.Watching watch(Cluster cluster, String kind, Class<T> type) {
        return cluster.watch(type, change -> follow(kind, change));
    }

    private <T extends HasMetadata> void follow(String kind, Change<T> change) {
        change.match(
                reset -> {
                    objects.keySet().removeIf(ref -> ref.kind().equals(kind));
                    reset.all().forEach(object -> seen(kind, object));
                    unlisted.remove(kind);
                    if (unlisted.isEmpty()) {
                        listed.tryComplete();
                    }
                },
                upserted -> seen(kind, upserted.object()),
                deleted -> {
                    String uid = DesiredKinds.annotation(deleted.object(), AgentNames.UID);
                    if (uid != null) {
                        objects.remove(new ObjectRef(kind, uid));
                    }
                });
    }

    private void seen(String kind, HasMetadata object) {
        String uid = DesiredKinds.annotation(object, AgentNames.UID);
        String dseq = DesiredKinds.annotation(object, Labels.DESIRED_SEQUENCE);
        if (uid == null || dseq == null) {
            return;
        }
        String store = DesiredKinds.annotation(object, AgentNames.STORE);
        try {
            wrote(
                    new ObjectRef(kind, uid),
                    new Applied(ObjectKey.of(object), store == null ? "" : store, Long.parseLong(dseq)));
        } catch (NumberFormatException edited) {
            // Somebody changed the annotation by hand: the next entry of the log writes it anew.
            objects.put(new ObjectRef(kind, uid), new Applied(ObjectKey.of(object), "", 0));
        }
    }

    /** The object was written; what a late watch still tells of an older entry is passed over. */
    void wrote(ObjectRef ref, Applied applied) {
        objects.merge(ref, applied, (now, next) -> now.covers(next.storeId, next.dseq) ? now : next);
    }

    void removed(ObjectRef ref) {
        objects.remove(ref);
    }

    @Nullable
    Applied of(ObjectRef ref) {
        return objects.get(ref);
    }

    /** All that Berth wrote, except these. */
    List<ObjectRef> others(Set<ObjectRef> named) {
        return objects.keySet().stream().filter(ref -> !named.contains(ref)).toList();
    }

    int size() {
        return objects.size();
    }

    void close() {
        watches.forEach(Cluster.Watching::close);
    }
}
