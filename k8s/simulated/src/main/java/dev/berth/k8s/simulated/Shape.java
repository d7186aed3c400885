package dev.berth.k8s.simulated;

import dev.berth.k8s.crd.BerthResource;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.k8s.crd.Department;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one kind are put together from shared parts, without copying what lies below metadata, spec and status.
 *
 * @param assemble a new object with this metadata, the status of the second object and all else of the first
 */
record Shape<T extends HasMetadata>(
        Assembly<T> assemble, Function<T, @Nullable Object> spec, Function<T, @Nullable Object> status) {
    @FunctionalInterface
    interface Assembly<T> {
        T of(ObjectMeta metadata, T specOf, T statusOf);
    }

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Map<Class<?>, Shape<?>> SHAPES = new ConcurrentHashMap<>(Map.of(
            Pod.class, pods(),
            Node.class, nodes(),
            Namespace.class, namespaces(),
            Department.class, custom(),
            Project.class, custom(),
            NodePool.class, custom(),
            Workload.class, custom(),
            PodGroup.class, custom(),
            BindRequest.class, custom()));

    @SuppressWarnings("unchecked")
    static <T extends HasMetadata> Shape<T> of(Class<T> type) {
        return (Shape<T>) SHAPES.computeIfAbsent(type, kind -> other());
    }

    boolean sameSpec(T one, T other) {
        return Objects.equals(spec.apply(one), spec.apply(other));
    }

    boolean sameStatus(T one, T other) {
        return Objects.equals(status.apply(one), status.apply(other));
    }

    private static Shape<Pod> pods() {
        Assembly<Pod> assembly = (metadata, specOf, statusOf) -> {
            Pod pod = new Pod();
            pod.setMetadata(metadata);
            pod.setSpec(specOf.getSpec());
            pod.setStatus(statusOf.getStatus());
            return pod;
        };
        return new Shape<>(assembly, Pod::getSpec, Pod::getStatus);
    }

    private static Shape<Node> nodes() {
        Assembly<Node> assembly = (metadata, specOf, statusOf) -> {
            Node node = new Node();
            node.setMetadata(metadata);
            node.setSpec(specOf.getSpec());
            node.setStatus(statusOf.getStatus());
            return node;
        };
        return new Shape<>(assembly, Node::getSpec, Node::getStatus);
    }

    private static Shape<Namespace> namespaces() {
        Assembly<Namespace> assembly = (metadata, specOf, statusOf) -> {
            Namespace namespace = new Namespace();
            namespace.setMetadata(metadata);
            namespace.setSpec(specOf.getSpec());
            namespace.setStatus(statusOf.getStatus());
            return namespace;
        };
        return new Shape<>(assembly, Namespace::getSpec, Namespace::getStatus);
    }

    private static <S, U, T extends BerthResource<S, U>> Shape<T> custom() {
        Assembly<T> assembly = (metadata, specOf, statusOf) -> {
            T resource = specOf.copy();
            resource.setMetadata(metadata);
            resource.setStatus(statusOf.getStatus());
            return resource;
        };
        return new Shape<>(assembly, T::getSpec, T::getStatus);
    }

    /** Kinds that are rare: a whole copy, no status, and every apply counts as a change. */
    private static <T extends HasMetadata> Shape<T> other() {
        Assembly<T> assembly = (metadata, specOf, statusOf) -> {
            T copy = SERIALIZATION.clone(specOf);
            copy.setMetadata(metadata);
            return copy;
        };
        return new Shape<>(assembly, object -> object, object -> null);
    }
}
