package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.k8s.grouper.rule.Link;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the watches told, and which pod belongs to what. */
final class GroupBook {
    static final ForeignKind POD = new ForeignKind("v1", "Pod");
    private static final String WORKLOAD_KIND = "Workload";

    private record Member(Decision.Grouped decision, Link former, PodPlace place) {}

    final Map<ObjectKey, Pod> pods = new HashMap<>();
    final Map<ObjectKey, PodGroup> groups = new HashMap<>();
    final Map<ObjectKey, Workload> externals = new HashMap<>();
    private final Map<ObjectKey, Member> members = new HashMap<>();
    private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();
    private final Map<ObjectKey, Shown> shown = new HashMap<>();
    private final Map<String, ObjectKey> shownByUid = new HashMap<>();

    /** Whether the pod waits for Berth's scheduler, and no Workload of Berth controls it. */
    static boolean isForeign(Pod pod) {
        return Labels.SCHEDULER_NAME.equals(pod.getSpec().getSchedulerName())
                && pod.getMetadata().getOwnerReferences().stream().noneMatch(GroupBook::isBerths);
    }

    private static boolean isBerths(OwnerReference owner) {
        return WORKLOAD_KIND.equals(owner.getKind())
                && owner.getApiVersion().startsWith(Labels.GROUP + "/")
                && Boolean.TRUE.equals(owner.getController());
    }

    static boolean ended(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** Whether nothing is to be decided about the pod any more. */
    static boolean settled(Pod pod) {
        return ended(pod) || pod.getMetadata().getDeletionTimestamp() != null;
    }

    @Nullable
    Shown shown(ObjectKey workload) {
        return shown.get(workload);
    }

    @Nullable
    ObjectKey workloadOf(String ownerUid) {
        return shownByUid.get(ownerUid);
    }

    List<ObjectKey> podsOf(String ownerUid) {
        return List.copyOf(byOwner.getOrDefault(ownerUid, Set.of()));
    }

    List<ObjectKey> workloads() {
        return List.copyOf(shown.keySet());
    }

    /** The work of the owner is shown by the workload. */
    Shown show(ObjectKey workload, Link link) {
        Shown one = shown.computeIfAbsent(workload, key -> new Shown(key, link));
        one.link = link;
        shownByUid.put(link.uid(), workload);
        return one;
    }

    /** The pod was decided on. Its role is found once: what a pod is does not change. */
    void join(ObjectKey pod, Link podLink, Link former, Decision.Grouped decision, @Nullable Adapter adapter) {
        leave(pod);
        members.put(pod, new Member(decision, former, place(adapter, former, podLink)));
        byOwner.computeIfAbsent(former.uid(), uid -> new HashSet<>()).add(pod);
        show(new ObjectKey(pod.namespace(), decision.workload()), decision.shown())
                .pods
                .put(pod, decision);
    }

    private static PodPlace place(@Nullable Adapter adapter, Link owner, Link pod) {
        try {
            return adapter == null ? PodPlace.OTHER : adapter.counted(owner.tree(), pod.tree());
        } catch (AdapterFailure noAnswer) {
            return PodPlace.OTHER;
        }
    }

    /** The workload whose pod it was; null where it was none's. */
    @Nullable
    ObjectKey leave(ObjectKey pod) {
        Member member = members.remove(pod);
        if (member == null) {
            return null;
        }
        byOwner.computeIfPresent(member.former.uid(), (uid, all) -> all.remove(pod) && all.isEmpty() ? null : all);
        ObjectKey workload = new ObjectKey(pod.namespace(), member.decision.workload());
        Shown one = shown.get(workload);
        if (one != null) {
            one.pods.remove(pod);
        }
        return workload;
    }

    /** The workload is not there any more; it is forgotten when it has no pods. */
    void forget(ObjectKey workload) {
        Shown one = shown.get(workload);
        if (one != null && one.pods.isEmpty()) {
            shown.remove(workload);
            shownByUid.remove(one.link.uid());
        }
    }

    @Nullable
    ObjectKey workloadOf(ObjectKey pod) {
        Member member = members.get(pod);
        return member == null ? null : new ObjectKey(pod.namespace(), member.decision.workload());
    }

    /** What forms the pod's group; null where it was not decided on. */
    @Nullable
    Link formerOf(ObjectKey pod) {
        Member member = members.get(pod);
        return member == null ? null : member.former;
    }

    boolean isMember(ObjectKey pod) {
        return members.containsKey(pod);
    }

    /** How far the pods of an owner are. */
    Map<PodPlace, RoleCount> counts(String ownerUid) {
        Map<PodPlace, RoleCount> counts = new LinkedHashMap<>();
        for (ObjectKey key : byOwner.getOrDefault(ownerUid, Set.of())) {
            Pod pod = pods.get(key);
            Member member = members.get(key);
            if (pod != null && member != null) {
                counts.merge(member.place, count(pod), RoleCount::plus);
            }
        }
        return counts;
    }

    /** The same for all that a shown owner has, where the groups are formed below it. */
    Map<PodPlace, RoleCount> countsOf(Shown one) {
        if (byOwner.containsKey(one.link.uid())) {
            return counts(one.link.uid());
        }
        Map<PodPlace, RoleCount> counts = new LinkedHashMap<>();
        podsOf(one).forEach(pod -> counts.merge(PodPlace.OTHER, count(pod), RoleCount::plus));
        return counts;
    }

    List<Pod> podsOf(Shown one) {
        List<Pod> all = new ArrayList<>();
        one.pods.keySet().forEach(key -> {
            Pod pod = pods.get(key);
            if (pod != null) {
                all.add(pod);
            }
        });
        return all;
    }

    List<PodGroup> groupsOf(Shown one) {
        Set<ObjectKey> keys = new HashSet<>();
        one.pods.forEach((pod, decision) -> keys.add(new ObjectKey(pod.namespace(), decision.name())));
        List<PodGroup> all = new ArrayList<>();
        keys.forEach(key -> {
            PodGroup group = groups.get(key);
            if (group != null) {
                all.add(group);
            }
        });
        return all;
    }

    static RoleCount count(Pod pod) {
        String phase = pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
        boolean ended = ended(pod);
        boolean bound = pod.getSpec().getNodeName() != null;
        boolean ready = pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
        return new RoleCount(
                1,
                !ended && bound ? 1 : 0,
                !ended && ready ? 1 : 0,
                phase.equals("Succeeded") ? 1 : 0,
                phase.equals("Failed") ? 1 : 0);
    }

    static Link link(Pod pod) {
        return Link.of(POD, Trees.of(pod));
    }
}
