package dev.berth.k8s.grouper;

import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.model.PriorityClass;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;

/** The spec of a Workload that shows a foreign owner's work: written once, for people to read. */
final class ExternalSpec {
    static final int MAX_WORKERS = 10_000;
    private static final int MAX_IMAGE = 1_024;
    private static final String NO_IMAGE = "unknown";

    private ExternalSpec() {}

    static Workload.Spec of(Decision.Grouped decision, int needed, int wanted, List<Pod> pods) {
        Workload.Spec spec = new Workload.Spec();
        spec.kind = Workload.EXTERNAL;
        spec.project = decision.group().queue;
        spec.nodePool = decision.group().nodePool;
        spec.workers = wanted;
        spec.minWorkers = needed;
        spec.priorityClass = priorityClass(decision.group().priority);
        spec.preemptible = decision.group().preemptible;
        spec.pod.image = image(pods);
        return spec;
    }

    /** The class whose value is nearest; the group carries the value itself. */
    private static String priorityClass(int value) {
        return List.of(PriorityClass.values()).stream()
                .min(Comparator.comparingInt(one -> Math.abs(one.value() - value)))
                .orElse(PriorityClass.TRAIN)
                .word();
    }

    private static String image(List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .map(container -> container.getImage())
                .filter(image -> image != null && !image.isEmpty() && image.length() <= MAX_IMAGE)
                .findFirst()
                .orElse(NO_IMAGE);
    }
}
