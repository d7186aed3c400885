package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Objects of kinds that others own, as trees. Failures are those of {@link Cluster}; a kind that the API server does not
 * serve is one of which there are no objects.
 */
public interface ForeignObjects {
    /** @param key of a kind that has no namespaces the namespace is not looked at */
    Future<Optional<GenericKubernetesResource>> get(ForeignKind kind, ObjectKey key);

    /** As {@link Cluster#watch}. While the kind is not served, or we may not read it, it says nothing and goes on asking. */
    Cluster.Watching watch(ForeignKind kind, Consumer<Change<GenericKubernetesResource>> listener);

    /**
     * Changes parts of an object.
     *
     * @param patch a JSON patch (RFC 6902); Invalid where one of its tests fails
     */
    Future<Void> patch(ForeignKind kind, ObjectKey key, String patch);

    /** Where there are only Berth's own kinds. */
    ForeignObjects NONE = new ForeignObjects() {
        @Override
        public Future<Optional<GenericKubernetesResource>> get(ForeignKind kind, ObjectKey key) {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Cluster.Watching watch(ForeignKind kind, Consumer<Change<GenericKubernetesResource>> listener) {
            return () -> {};
        }

        @Override
        public Future<Void> patch(ForeignKind kind, ObjectKey key, String patch) {
            return Future.failedFuture(new Refused(new Refusal.NotFound(kind.toString(), key.toString())));
        }
    };
}
