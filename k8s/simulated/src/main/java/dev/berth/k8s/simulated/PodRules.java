package dev.berth.k8s.simulated;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import org.jspecify.annotations.Nullable;

/** What the API server knows of pods in particular. */
final class PodRules {
    static final long DEFAULT_GRACE_SECONDS = 30;
    /** Gives a new pod its status. */
    static final Pod PENDING = pending();

    private PodRules() {}

    static @Nullable String nodeOf(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }

    static boolean isFinal(Pod pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static String phase(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return phase == null ? "Pending" : phase;
    }

    /** Grace for a deletion now: none for a pod that no kubelet holds or that has ended. */
    static long grace(Pod pod, @Nullable Long asked) {
        if (nodeOf(pod) == null || isFinal(pod)) {
            return 0;
        }
        if (asked != null) {
            return asked;
        }
        Long own = pod.getSpec().getTerminationGracePeriodSeconds();
        return own == null ? DEFAULT_GRACE_SECONDS : own;
    }

    /** Refuses as the binding sub-resource does. */
    static void requireBindable(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            throw conflict("Expected pod \"" + key + "\" to be pending, but it is being deleted.");
        }
        String node = nodeOf(pod);
        if (node != null) {
            throw conflict("Expected pod \"" + key + "\" to be pending, but it is bound to node \"" + node + "\".");
        }
    }

    /** A pod with the spec and the node; the spec's other parts are shared. */
    static Pod withNode(Pod pod, String node) {
        PodSpec bound = ShallowCopy.of(pod.getSpec(), new PodSpec());
        bound.setNodeName(node);
        Pod copy = new Pod();
        copy.setMetadata(pod.getMetadata());
        copy.setSpec(bound);
        copy.setStatus(pod.getStatus());
        return copy;
    }

    /** An apply that says nothing of the node leaves the binding alone. */
    static Pod keepNode(Pod wanted, Pod now) {
        String node = nodeOf(now);
        return node == null || nodeOf(wanted) != null ? wanted : withNode(wanted, node);
    }

    private static Refused conflict(String detail) {
        return new Refused(new Refusal.Conflict(detail, "Read it again and decide anew."));
    }

    private static Pod pending() {
        PodStatus status = new PodStatus();
        status.setPhase("Pending");
        Pod pod = new Pod();
        pod.setStatus(status);
        return pod;
    }
}
