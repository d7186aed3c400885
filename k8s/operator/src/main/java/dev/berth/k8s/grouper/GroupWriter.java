package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Write;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes groups, and into pods which group is theirs. First the group: a pod must not name one that is not there. */
final class GroupWriter {
    private record Asked(PodGroup.Spec spec, Future<Void> answer) {}

    private final Cluster cluster;
    private final GroupBook book;
    private final Map<ObjectKey, Asked> asked = new HashMap<>();

    GroupWriter(Cluster cluster, GroupBook book) {
        this.cluster = cluster;
        this.book = book;
    }

    boolean unlabelled(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null || !labels.containsKey(Labels.POD_GROUP);
    }

    void forget(ObjectKey group) {
        asked.remove(group);
    }

    /** True where the pod was given its labels, false where it had them. */
    Future<Boolean> write(ObjectKey key, Pod pod, Decision.Grouped grouped) {
        return group(new ObjectKey(key.namespace(), grouped.name()), grouped).compose(done -> label(key, pod, grouped));
    }

    /** A group that somebody else made, or that another owner's pods named first, stays as it is. */
    private Future<Void> group(ObjectKey key, Decision.Grouped grouped) {
        PodGroup known = book.groups.get(key);
        if (known != null
                && (known.getSpec().equals(grouped.group())
                        || !known.getSpec().workload.equals(grouped.workload()))) {
            return Future.succeededFuture();
        }
        Asked before = asked.get(key);
        if (before != null && before.spec.equals(grouped.group()) && !before.answer.failed()) {
            return before.answer;
        }
        PodGroup group = new PodGroup();
        group.setMetadata(new ObjectMetaBuilder()
                .withName(key.name())
                .withNamespace(key.namespace())
                .withOwnerReferences(Ownership.reference(grouped.owner()))
                .addToLabels(Labels.WORKLOAD, grouped.workload())
                .build());
        group.setSpec(grouped.group());
        Future<Void> answer = cluster.apply(group).mapEmpty();
        asked.put(key, new Asked(grouped.group(), answer));
        answer.onComplete(
                done -> asked.computeIfPresent(key, (same, now) -> now.answer == answer && done.failed() ? null : now));
        return answer;
    }

    private Future<Boolean> label(ObjectKey key, Pod pod, Decision.Grouped grouped) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(Labels.POD_GROUP, grouped.name());
        wanted.put(Labels.WORKLOAD, grouped.workload());
        if (!grouped.part().isEmpty()) {
            wanted.put(Labels.SUB_GROUP, grouped.part());
        }
        Map<String, String> labels = pod.getMetadata().getLabels();
        if (labels == null || labels.isEmpty()) {
            Write all = new Write(List.of("metadata", "labels"), wanted);
            return patch(key, List.of(all));
        }
        List<Write> writes = new ArrayList<>();
        wanted.forEach((label, value) -> {
            if (!value.equals(labels.get(label))) {
                writes.add(new Write(List.of("metadata", "labels", label), value));
            }
        });
        return writes.isEmpty() ? Future.succeededFuture(false) : patch(key, writes);
    }

    private Future<Boolean> patch(ObjectKey key, List<Write> writes) {
        return cluster.foreign()
                .patch(GroupBook.POD, key, Write.patch(writes, ""))
                .map(true);
    }
}
