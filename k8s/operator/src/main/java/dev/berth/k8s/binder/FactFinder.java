package dev.berth.k8s.binder;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the cluster for what exists around a request. Only by name: the binder's account may list none of these kinds. */
final class FactFinder {
    private final Cluster cluster;

    FactFinder(Cluster cluster) {
        this.cluster = cluster;
    }

    Future<Facts> find(BindRequest request, Map<Slot, Reservation> reservations) {
        String namespace = request.getMetadata().getNamespace();
        BindRequest.Spec wanted = request.getSpec();
        return cluster.get(Pod.class, new ObjectKey(namespace, wanted.pod))
                .compose(pod -> configMap(namespace, pod.orElse(null)).compose(map -> all(
                                PersistentVolumeClaim.class, namespace, wanted.volumes)
                        .compose(volumes -> late(volumes).compose(late -> all(
                                        ResourceClaim.class, namespace, wanted.claims)
                                .map(claims -> new Facts(
                                        pod.orElse(null), reservations, map.orElse(null), volumes, late, claims))))));
    }

    private Future<Optional<ConfigMap>> configMap(String namespace, @Nullable Pod pod) {
        Map<String, String> annotations = pod == null ? null : pod.getMetadata().getAnnotations();
        String name = annotations == null ? null : annotations.get(Labels.GPU_CONFIG_MAP);
        return name == null || !name.startsWith(NextStep.CONFIG_PREFIX)
                ? Future.succeededFuture(Optional.empty())
                : cluster.get(ConfigMap.class, new ObjectKey(namespace, name));
    }

    private <T extends HasMetadata> Future<Map<String, T>> all(Class<T> type, String namespace, List<String> names) {
        if (names.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Map<String, T> found = new HashMap<>();
        List<Future<?>> asked = new ArrayList<>();
        for (String name : names) {
            asked.add(cluster.get(type, new ObjectKey(namespace, name))
                    .onSuccess(one -> one.ifPresent(object -> found.put(name, object))));
        }
        return Future.all(asked).map(found);
    }

    /** Which of the unbound claims wait for a node, as their storage class says. */
    private Future<Map<String, Boolean>> late(Map<String, PersistentVolumeClaim> volumes) {
        Map<String, Boolean> late = new HashMap<>();
        List<Future<?>> asked = new ArrayList<>();
        volumes.forEach((name, claim) -> {
            String storage = claim.getSpec().getStorageClassName();
            boolean bound = claim.getStatus() != null
                    && "Bound".equals(claim.getStatus().getPhase());
            if (!bound && storage != null && !storage.isEmpty()) {
                asked.add(cluster.get(StorageClass.class, ObjectKey.clusterScoped(storage))
                        .onSuccess(one -> late.put(
                                name,
                                one.isPresent()
                                        && "WaitForFirstConsumer"
                                                .equals(one.get().getVolumeBindingMode()))));
            }
        });
        return asked.isEmpty()
                ? Future.succeededFuture(late)
                : Future.all(asked).map(late);
    }
}
