package dev.berth.k8s.operator;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Carries out one {@link Plan}: the group before its pods, so that no pod is ever seen without what it waits with. */
final class PlanExecutor {
    private final Cluster cluster;
    private final OperatorMeters meters;

    PlanExecutor(Cluster cluster, OperatorMeters meters) {
        this.cluster = cluster;
        this.meters = meters;
    }

    /** Fails when any part failed; the parts that succeeded stay, and the next plan holds the rest. */
    Future<Void> carryOut(Plan plan, Tracked tracked) {
        return group(plan, tracked)
                .compose(done -> pods(plan, tracked))
                .onSuccess(done -> tracked.refusal = "")
                .onFailure(failure -> tracked.refusal = forPeople(failure));
    }

    private Future<Void> group(Plan plan, Tracked tracked) {
        if (plan.group() != null) {
            return cluster.apply(plan.group())
                    .onSuccess(made -> tracked.group = tracked.group == null ? made : tracked.group)
                    .mapEmpty();
        }
        return plan.deleteGroup() ? cluster.delete(PodGroup.class, tracked.key) : Future.succeededFuture();
    }

    private Future<Void> pods(Plan plan, Tracked tracked) {
        List<Future<?>> parts = new ArrayList<>();
        for (Pod pod : plan.create()) {
            parts.add(settle(tracked, pod.getMetadata().getName(), () -> cluster.create(pod)));
        }
        for (ObjectKey pod : plan.delete()) {
            parts.add(settle(tracked, pod.name(), () -> cluster.delete(Pod.class, pod)));
        }
        meters.podsCreated(plan.create().size());
        return parts.size() == 1 ? parts.get(0).mapEmpty() : Future.join(parts).mapEmpty();
    }

    private interface Call {
        Future<?> send();
    }

    /** Until the watch tells of the pod, or the call failed, it counts as done: nothing is asked for twice. */
    private static Future<?> settle(Tracked tracked, String pod, Call call) {
        tracked.settling.add(pod);
        return call.send().onFailure(failure -> tracked.settling.remove(pod));
    }

    /** What the user can do something about; a conflict or a busy API server passes by itself. */
    private static String forPeople(Throwable failure) {
        if (failure instanceof Refused refused) {
            Refusal refusal = refused.refusal();
            if (refusal instanceof Refusal.Invalid || refusal instanceof Refusal.Forbidden) {
                return refusal.hint().isEmpty() ? refusal.detail() : refusal.detail() + " " + refusal.hint();
            }
        }
        return "";
    }
}
