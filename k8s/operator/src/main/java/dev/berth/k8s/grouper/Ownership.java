package dev.berth.k8s.grouper;

import dev.berth.k8s.grouper.rule.Link;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** What the grouper makes goes when its owner goes; it neither controls nor holds up the owner. */
final class Ownership {
    private Ownership() {}

    static OwnerReference reference(Link owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.kind().apiVersion())
                .withKind(owner.kind().kind())
                .withName(owner.key().name())
                .withUid(owner.uid())
                .build();
    }
}
