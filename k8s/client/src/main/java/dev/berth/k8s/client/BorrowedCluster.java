package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A cluster that several roles share: closing it ends this borrower's watches and leaves the cluster to the others. */
record BorrowedCluster(Cluster lender, Set<Cluster.Watching> watches) implements Cluster {
    BorrowedCluster(Cluster lender) {
        this(lender, ConcurrentHashMap.newKeySet());
    }

    @Override
    public String name() {
        return lender.name();
    }

    @Override
    public <T extends HasMetadata> Future<Optional<T>> get(Class<T> type, ObjectKey key) {
        return lender.get(type, key);
    }

    @Override
    public <T extends HasMetadata> Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        Watching watching = lender.watch(type, listener);
        watches.add(watching);
        return () -> {
            watches.remove(watching);
            watching.close();
        };
    }

    @Override
    public <T extends HasMetadata> Future<T> create(T object) {
        return lender.create(object);
    }

    @Override
    public <T extends HasMetadata> Future<T> apply(T object) {
        return lender.apply(object);
    }

    @Override
    public <T extends HasMetadata> Future<T> replaceStatus(T object) {
        return lender.replaceStatus(object);
    }

    @Override
    public <T extends HasMetadata> Future<Void> delete(Class<T> type, ObjectKey key) {
        return lender.delete(type, key);
    }

    @Override
    public Future<Void> bind(ObjectKey pod, String node, Map<String, String> annotations) {
        return lender.bind(pod, node, annotations);
    }

    @Override
    public Future<Void> evict(ObjectKey pod, int graceSeconds) {
        return lender.evict(pod, graceSeconds);
    }

    @Override
    public Future<Boolean> holdLease(String lease, String holder, int ttlSeconds) {
        return lender.holdLease(lease, holder, ttlSeconds);
    }

    @Override
    public ForeignObjects foreign() {
        return lender.foreign();
    }

    @Override
    public PodStreams pods() {
        return lender.pods();
    }

    @Override
    public Future<Void> close() {
        watches.forEach(Watching::close);
        watches.clear();
        return Future.succeededFuture();
    }
}
