package dev.berth.k8s.simulated;

import dev.berth.k8s.client.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns whom, for the garbage collector. Guarded by the cluster's lock. */
final class Owners {
    /** An object by kind and key. */
    record Reference(Class<? extends HasMetadata> type, ObjectKey key) {
        static Reference of(HasMetadata object) {
            return new Reference(object.getClass(), ObjectKey.of(object));
        }
    }

    private final Set<String> live = new HashSet<>();
    private final Map<String, Set<Reference>> dependents = new HashMap<>();

    void added(HasMetadata object) {
        live.add(object.getMetadata().getUid());
        for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
            dependents
                    .computeIfAbsent(owner.getUid(), uid -> new LinkedHashSet<>())
                    .add(Reference.of(object));
        }
    }

    /** Forgets the object and returns what it owned. */
    List<Reference> removed(HasMetadata object) {
        String uid = object.getMetadata().getUid();
        live.remove(uid);
        for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
            Set<Reference> siblings = dependents.get(owner.getUid());
            if (siblings != null) {
                siblings.remove(Reference.of(object));
            }
        }
        Set<Reference> owned = dependents.remove(uid);
        return owned == null ? List.of() : List.copyOf(owned);
    }

    /** Whether the object names owners and none of them lives: it was made too late. */
    boolean isOrphan(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return !owners.isEmpty() && owners.stream().noneMatch(owner -> live.contains(owner.getUid()));
    }
}
