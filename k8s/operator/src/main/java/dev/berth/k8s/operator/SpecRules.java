package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.GpuRequest;
import dev.berth.model.Identifiers;
import dev.berth.model.PriorityClass;
import dev.berth.model.WorkloadSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a workload's spec must hold before anything is made of it. All problems at once, each as a sentence. */
final class SpecRules {
    private SpecRules() {}

    static List<String> problems(Workload workload) {
        Workload.Spec spec = workload.getSpec();
        List<String> problems = new ArrayList<>();
        name("metadata.name", workload.getMetadata().getName(), problems);
        name("spec.project", spec.project, problems);
        if (!Identifiers.valid(spec.nodePool)) {
            problems.add(
                    "Expected the name of a node pool in spec.nodePool, but got \"" + shown(spec.nodePool) + "\".");
        }
        range("spec.workers", spec.workers, 1, WorkloadSpec.MAX_WORKERS, problems);
        range("spec.minWorkers", spec.minWorkers, 1, Math.max(1, spec.workers), problems);
        priority(spec.priorityClass, problems);
        pod(spec.pod, problems);
        return problems;
    }

    private static void pod(PodShape pod, List<String> problems) {
        if (pod.image.isBlank()) {
            problems.add("Expected an image in spec.pod.image, but it is empty.");
        }
        range("spec.pod.cpuMilli", pod.cpuMilli, 0, 100_000_000, problems);
        range("spec.pod.memoryMib", pod.memoryMib, 0, 1_000_000_000, problems);
        PodShape.Gpu gpu = pod.gpu;
        range("spec.pod.gpu.devices", gpu.devices, 0, GpuRequest.MAX_DEVICES, problems);
        range("spec.pod.gpu.fractionMilli", gpu.fractionMilli, 0, 999, problems);
        range("spec.pod.gpu.memoryMib", gpu.memoryMib, 0, 1L << 24, problems);
        if (gpu.fractionMilli != 0 && gpu.memoryMib != 0) {
            problems.add("Expected spec.pod.gpu.fractionMilli or memoryMib, but got both.");
        }
    }

    private static void name(String field, String value, List<String> problems) {
        if (!Identifiers.valid(value) || value.length() > DesiredState.MAX_NAME) {
            problems.add("Expected a name of 1 to " + DesiredState.MAX_NAME + " characters in " + field + ", but got \""
                    + shown(value) + "\".");
        }
    }

    private static void range(String field, long value, long min, long max, List<String> problems) {
        if (value < min || value > max) {
            problems.add("Expected " + min + " to " + max + " in " + field + ", but got " + value + ".");
        }
    }

    private static void priority(String word, List<String> problems) {
        boolean known = Arrays.stream(PriorityClass.values())
                .anyMatch(priority -> priority.word().equals(word));
        if (!known) {
            String words = Arrays.stream(PriorityClass.values())
                    .map(PriorityClass::word)
                    .collect(Collectors.joining(", "));
            problems.add("Expected one of " + words + " in spec.priorityClass, but got \"" + shown(word) + "\".");
        }
    }

    private static String shown(String value) {
        String head = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
