package dev.berth.k8s.operator;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next step from what there is to what must be, of at most {@link #PASS} pods; pure. Whoever carried it out asks
 * again, until nothing is left to do.
 *
 * @param group to be created or changed, or null
 * @param create pods to make
 * @param delete pods to remove
 * @param deleteGroup whether the group must go
 */
record Plan(@Nullable PodGroup group, List<Pod> create, List<ObjectKey> delete, boolean deleteGroup) {
    /** Pods that one step makes or removes at most. */
    static final int PASS = 64;

    static final Plan NOTHING = new Plan(null, List.of(), List.of(), false);

    Plan {
        create = List.copyOf(create);
        delete = List.copyOf(delete);
    }

    boolean isNothing() {
        return group == null && create.isEmpty() && delete.isEmpty() && !deleteGroup;
    }

    boolean isFull() {
        return create.size() >= PASS || delete.size() >= PASS;
    }

    static Plan of(Tracked tracked) {
        Workload workload = tracked.workload;
        if (workload == null) {
            return remove(tracked, pod -> true, true);
        }
        Phase phase = ObservedStatus.phaseSoFar(workload);
        if (phase.isFinal()) {
            boolean leaves = workload.getMetadata().getDeletionTimestamp() != null;
            return remove(tracked, pod -> leaves || !ended(pod), leaves);
        }
        return DesiredState.of(workload)
                .match(
                        own -> make(tracked, workload, own),
                        nothing -> remove(tracked, pod -> true, true),
                        impossible -> NOTHING);
    }

    static boolean ended(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    static boolean leaving(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private interface Which {
        boolean test(Pod pod);
    }

    private static Plan remove(Tracked tracked, Which which, boolean groupToo) {
        List<ObjectKey> gone = new ArrayList<>();
        for (Pod pod : tracked.pods.values()) {
            if (gone.size() < PASS && removable(tracked, pod) && which.test(pod)) {
                gone.add(ObjectKey.of(pod));
            }
        }
        return new Plan(null, List.of(), gone, groupToo && tracked.group != null);
    }

    private static Plan make(Tracked tracked, Workload workload, DesiredState.OwnPods own) {
        List<ObjectKey> strangers = new ArrayList<>();
        for (Pod pod : tracked.pods.values()) {
            if (strangers.size() < PASS && removable(tracked, pod) && !Ownership.owns(workload, pod)) {
                strangers.add(ObjectKey.of(pod));
            }
        }
        return new Plan(groupIfChanged(tracked, workload, own.group()), missing(tracked, own.pods()), strangers, false);
    }

    private static List<Pod> missing(Tracked tracked, PodPlan plan) {
        List<Pod> missing = new ArrayList<>();
        if (tracked.pods.size() + tracked.settling.size() >= plan.count() && tracked.settling.isEmpty()) {
            return missing;
        }
        for (int i = 0; i < plan.count() && missing.size() < PASS; i++) {
            String name = plan.name(i);
            if (!tracked.pods.containsKey(name) && !tracked.settling.contains(name)) {
                missing.add(plan.pod(i));
            }
        }
        return missing;
    }

    private static @Nullable PodGroup groupIfChanged(Tracked tracked, Workload workload, PodGroup wanted) {
        PodGroup now = tracked.group;
        boolean same = now != null && Ownership.owns(workload, now) && same(now.getSpec(), wanted.getSpec());
        return same ? null : wanted;
    }

    private static boolean same(PodGroup.Spec one, PodGroup.Spec other) {
        return one.queue.equals(other.queue)
                && one.nodePool.equals(other.nodePool)
                && one.minMember == other.minMember
                && one.priority == other.priority
                && one.preemptible == other.preemptible
                && one.workload.equals(other.workload);
    }

    private static boolean removable(Tracked tracked, Pod pod) {
        return !leaving(pod) && !tracked.settling.contains(pod.getMetadata().getName());
    }
}
