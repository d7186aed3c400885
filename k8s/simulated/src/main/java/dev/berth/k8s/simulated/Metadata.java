package dev.berth.k8s.simulated;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Metadata as the API server keeps it. Copies are shallow: maps and lists are shared and never changed. */
final class Metadata {
    private Metadata() {}

    static ObjectMeta copy(ObjectMeta from, String resourceVersion) {
        ObjectMeta to = new ObjectMeta();
        to.setName(from.getName());
        to.setNamespace(from.getNamespace());
        to.setUid(from.getUid());
        to.setLabels(from.getLabels());
        to.setAnnotations(from.getAnnotations());
        to.setOwnerReferences(from.getOwnerReferences());
        to.setFinalizers(from.getFinalizers());
        to.setGeneration(from.getGeneration());
        to.setCreationTimestamp(from.getCreationTimestamp());
        to.setDeletionTimestamp(from.getDeletionTimestamp());
        to.setDeletionGracePeriodSeconds(from.getDeletionGracePeriodSeconds());
        to.setResourceVersion(resourceVersion);
        return to;
    }

    /** What an apply leaves: the keys of {@code now} without those that the same manager applied before and left out. */
    static Map<String, String> merge(
            @Nullable Map<String, String> now,
            @Nullable Map<String, String> appliedBefore,
            @Nullable Map<String, String> applied) {
        Map<String, String> merged = new LinkedHashMap<>(Objects.requireNonNullElse(now, Map.of()));
        merged.keySet()
                .removeAll(Objects.requireNonNullElse(appliedBefore, Map.<String, String>of())
                        .keySet());
        merged.putAll(Objects.requireNonNullElse(applied, Map.of()));
        return merged;
    }

    static boolean same(ObjectMeta one, ObjectMeta other) {
        return one.getLabels().equals(other.getLabels())
                && one.getAnnotations().equals(other.getAnnotations())
                && one.getOwnerReferences().equals(other.getOwnerReferences())
                && one.getFinalizers().equals(other.getFinalizers());
    }

    static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }
}
