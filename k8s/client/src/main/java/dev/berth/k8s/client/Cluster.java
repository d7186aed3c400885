package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Berth's cluster part needs of one Kubernetes cluster, and nothing more. Objects given and taken are never
 * mutated afterwards by either side: make changed copies with fabric8's builders. Failures are {@link
 * dev.berth.model.Refused}: Conflict (exists already, changed meanwhile, bound already), NotFound, Gone, Invalid, Busy.
 */
public interface Cluster {
    /** Name of the cluster in logs, metrics and bus addresses. */
    String name();

    <T extends HasMetadata> Future<Optional<T>> get(Class<T> type, ObjectKey key);

    /**
     * Lists, then follows. The listener first gets a {@link Change.Reset} with all objects, then changes in the order
     * of the API server; after a gap that cannot be resumed, a Reset again. Called on the context that called watch.
     */
    <T extends HasMetadata> Watching watch(Class<T> type, Consumer<Change<T>> listener);

    /** Creates; Conflict where the name is taken. */
    <T extends HasMetadata> Future<T> create(T object);

    /** Server-side apply of metadata and spec by field manager {@code berth}: creates or updates, leaves status alone. */
    <T extends HasMetadata> Future<T> apply(T object);

    /** Replaces the status sub-resource; Conflict where {@code metadata.resourceVersion} is set and no longer the newest. */
    <T extends HasMetadata> Future<T> replaceStatus(T object);

    /** Deletes with its default grace; succeeds where there is nothing (any more). */
    <T extends HasMetadata> Future<Void> delete(Class<T> type, ObjectKey key);

    /** Binds a pending pod to a node and writes the annotations in the same call; Conflict where it is bound already. */
    Future<Void> bind(ObjectKey pod, String node, Map<String, String> annotations);

    /** Evicts through the eviction sub-resource; Busy where a disruption budget forbids it now. */
    Future<Void> evict(ObjectKey pod, int graceSeconds);

    /**
     * Takes or renews the lease in namespace {@code berth}; true while this holder has it. Never blocks; ask again
     * before {@code ttlSeconds} are over.
     */
    Future<Boolean> holdLease(String lease, String holder, int ttlSeconds);

    /** Objects of kinds that no Java type describes; a cluster that has none says so. */
    default ForeignObjects foreign() {
        return ForeignObjects.NONE;
    }

    /** Logs, commands and ports of the cluster's pods. */
    PodStreams pods();

    Future<Void> close();

    /** A watch that runs until it is closed. */
    interface Watching {
        void close();
    }
}
