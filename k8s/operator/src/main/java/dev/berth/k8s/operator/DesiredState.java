package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.PriorityClass;
import java.util.List;
import java.util.function.Function;

/**
 * What must exist in the cluster for one workload: a pure function of its resource. One case for each way to own pods;
 * a further kind of owner is a further case, and the compiler shows who must know of it.
 */
sealed interface DesiredState {
    /** A label's value holds 63 characters, and pods carry the names of workload and project as labels. */
    int MAX_NAME = 63;

    /** Calls the function of this case. */
    <T> T match(Function<OwnPods, T> ownPods, Function<Nothing, T> nothing, Function<Impossible, T> impossible);

    /** The group and its bare pods, owned by the workload itself. */
    record OwnPods(PodGroup group, PodPlan pods) implements DesiredState {
        @Override
        public <T> T match(
                Function<OwnPods, T> ownPods, Function<Nothing, T> nothing, Function<Impossible, T> impossible) {
            return ownPods.apply(this);
        }
    }

    /** Neither pods nor group: it is stopped, or on its way out. */
    record Nothing() implements DesiredState {
        @Override
        public <T> T match(
                Function<OwnPods, T> ownPods, Function<Nothing, T> nothing, Function<Impossible, T> impossible) {
            return nothing.apply(this);
        }
    }

    /** A spec that cannot be carried out; a changed one may be. */
    record Impossible(String message) implements DesiredState {
        @Override
        public <T> T match(
                Function<OwnPods, T> ownPods, Function<Nothing, T> nothing, Function<Impossible, T> impossible) {
            return impossible.apply(this);
        }
    }

    static DesiredState of(Workload workload) {
        Workload.Spec spec = workload.getSpec();
        if (workload.getMetadata().getDeletionTimestamp() != null || spec.stopped) {
            return new Nothing();
        }
        List<String> problems = SpecRules.problems(workload);
        if (!problems.isEmpty()) {
            return new Impossible(String.join(" ", problems));
        }
        return new OwnPods(group(workload), PodPlan.of(workload));
    }

    private static PodGroup group(Workload workload) {
        Workload.Spec spec = workload.getSpec();
        PodGroup group = new PodGroup();
        group.setMetadata(Ownership.metadata(workload, workload.getMetadata().getName()));
        PodGroup.Spec wanted = new PodGroup.Spec();
        wanted.queue = spec.project;
        wanted.nodePool = spec.nodePool;
        wanted.minMember = spec.minWorkers;
        wanted.priority = PriorityClass.of(spec.priorityClass).value();
        wanted.preemptible = spec.preemptible;
        wanted.workload = workload.getMetadata().getName();
        group.setSpec(wanted);
        return group;
    }
}
