package dev.berth.k8s.operator;

import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How what we make says whose it is. Only what names a Workload as its controller is ever changed or removed by us. */
final class Ownership {
    static final String API_VERSION = Labels.GROUP + "/" + Labels.VERSION;
    static final String KIND = "Workload";

    private Ownership() {}

    /** Name, namespace, labels and owner of a thing that belongs to the workload. */
    static ObjectMeta metadata(Workload workload, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(workload.getMetadata().getNamespace())
                .withLabels(labels(workload))
                .withOwnerReferences(reference(workload))
                .build();
    }

    /** The reference to the workload that controls the thing; empty for what is not ours. */
    static Optional<OwnerReference> controller(HasMetadata thing) {
        for (OwnerReference owner : thing.getMetadata().getOwnerReferences()) {
            if (KIND.equals(owner.getKind())
                    && API_VERSION.equals(owner.getApiVersion())
                    && Boolean.TRUE.equals(owner.getController())) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** Whether the thing belongs to this very workload, not to an earlier one of the same name. */
    static boolean owns(Workload workload, HasMetadata thing) {
        String uid = workload.getMetadata().getUid();
        return controller(thing).filter(owner -> owner.getUid().equals(uid)).isPresent();
    }

    private static Map<String, String> labels(Workload workload) {
        Map<String, String> labels = new TreeMap<>();
        String name = workload.getMetadata().getName();
        labels.put(Labels.PROJECT, workload.getSpec().project);
        labels.put(Labels.WORKLOAD, name);
        labels.put(Labels.POD_GROUP, name);
        Map<String, String> given = workload.getMetadata().getLabels();
        if (given != null && given.containsKey(Labels.WORKLOAD_ID)) {
            labels.put(Labels.WORKLOAD_ID, given.get(Labels.WORKLOAD_ID));
        }
        return labels;
    }

    private static OwnerReference reference(Workload workload) {
        return new OwnerReferenceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withName(workload.getMetadata().getName())
                .withUid(workload.getMetadata().getUid())
                .withController(true)
                .build();
    }
}
