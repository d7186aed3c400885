package dev.berth.k8s.binder;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimBuilder;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;

/** Writes one step into the cluster. Each of them may be written again. */
final class Hands {
    private final Cluster cluster;
    private final Reservation.Images images;

    Hands(Cluster cluster, Reservation.Images images) {
        this.cluster = cluster;
        this.images = images;
    }

    Future<Void> carryOut(Step.Do step, BindRequest request, Facts facts) {
        String namespace = request.getMetadata().getNamespace();
        if (step instanceof Step.Reserve reserve) {
            return unlessThere(cluster.create(Reservation.pod(reserve.slot(), images)));
        } else if (step instanceof Step.Discard discard) {
            return cluster.delete(Pod.class, Reservation.key(discard.slot()));
        } else if (step instanceof Step.Configure configure) {
            return cluster.apply(configMap(request, configure)).mapEmpty();
        } else if (step instanceof Step.SelectNode select) {
            return cluster.apply(selected(namespace, select.volume(), request.getSpec().node))
                    .mapEmpty();
        } else if (step instanceof Step.ReserveClaim reserve) {
            ResourceClaim claim = Objects.requireNonNull(facts.claims().get(reserve.claim()));
            return cluster.replaceStatus(reserved(claim, request.getSpec())).mapEmpty();
        } else if (step instanceof Step.Bind bind) {
            return cluster.bind(
                    new ObjectKey(namespace, request.getSpec().pod), request.getSpec().node, bind.annotations());
        }
        throw new IllegalArgumentException("Expected a step that writes, but got " + step + ".");
    }

    /** The name says which device it holds: who made it does not matter. */
    private static Future<Void> unlessThere(Future<Pod> created) {
        return created.<Void>mapEmpty()
                .recover(failure -> failure instanceof Refused refused && refused.refusal() instanceof Refusal.Conflict
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private static ConfigMap configMap(BindRequest request, Step.Configure configure) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(request.getMetadata().getNamespace())
                .withName(configure.configMap())
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(request.getSpec().pod)
                .withUid(request.getSpec().podUid)
                .endOwnerReference()
                .endMetadata()
                .withData(Map.of(NextStep.VISIBLE_DEVICES, configure.uuids()))
                .build();
    }

    private static PersistentVolumeClaim selected(String namespace, String name, String node) {
        PersistentVolumeClaim claim = new PersistentVolumeClaim();
        claim.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .addToAnnotations(NextStep.SELECTED_NODE, node)
                .build());
        return claim;
    }

    private static ResourceClaim reserved(ResourceClaim claim, BindRequest.Spec wanted) {
        return new ResourceClaimBuilder(claim)
                .editStatus()
                .addNewReservedFor()
                .withResource("pods")
                .withName(wanted.pod)
                .withUid(wanted.podUid)
                .endReservedFor()
                .endStatus()
                .build();
    }
}
