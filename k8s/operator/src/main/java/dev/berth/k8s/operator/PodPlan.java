package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The equal pods of a workload, {@code <workload>-0} to {@code <workload>-<count - 1>}. Made one at a time, as most of
 * ten thousand exist already whenever somebody asks.
 */
final class PodPlan {
    private static final String CONTAINER = "main";
    private static final String OWN_KEYS = Labels.GROUP + "/";

    private final Workload workload;
    private final Map<String, String> annotations;
    private final PodSpec spec;

    private PodPlan(Workload workload) {
        this.workload = workload;
        this.annotations = annotations(workload.getSpec().pod);
        this.spec = spec(workload.getSpec().pod);
    }

    static PodPlan of(Workload workload) {
        return new PodPlan(workload);
    }

    int count() {
        return workload.getSpec().workers;
    }

    String name(int index) {
        return name(workload, index);
    }

    static String name(Workload workload, int index) {
        return workload.getMetadata().getName() + "-" + index;
    }

    Pod pod(int index) {
        ObjectMeta metadata = Ownership.metadata(workload, name(index));
        metadata.setAnnotations(annotations);
        return new PodBuilder().withMetadata(metadata).withSpec(spec).build();
    }

    /** What the user gave, except keys of our own group: with those a user could claim devices that nobody assigned. */
    private static Map<String, String> annotations(PodShape shape) {
        Map<String, String> annotations = new TreeMap<>();
        shape.annotations.forEach((key, value) -> {
            if (!key.startsWith(OWN_KEYS)) {
                annotations.put(key, value);
            }
        });
        PodShape.Gpu gpu = shape.gpu;
        if (shares(gpu)) {
            annotations.put(Labels.GPU_DEVICES, Integer.toString(gpu.devices));
            if (gpu.fractionMilli > 0) {
                annotations.put(Labels.GPU_FRACTION_MILLI, Integer.toString(gpu.fractionMilli));
            } else {
                annotations.put(Labels.GPU_MEMORY_MIB, Long.toString(gpu.memoryMib));
            }
        }
        return annotations;
    }

    private static PodSpec spec(PodShape shape) {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withSchedulerName(Labels.SCHEDULER_NAME)
                .withRestartPolicy("Never")
                .withContainers(container(shape));
        if (!shape.nodeSelector.isEmpty()) {
            spec.withNodeSelector(new TreeMap<>(shape.nodeSelector));
        }
        if (!shape.gpuModels.isEmpty()) {
            spec.withAffinity(models(shape.gpuModels));
        }
        return spec.build();
    }

    private static Container container(PodShape shape) {
        List<EnvVar> environment = shape.environment.entrySet().stream()
                .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                .toList();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(shape.image)
                .withCommand(shape.command)
                .withEnv(environment)
                .withResources(resources(shape))
                .build();
    }

    private static ResourceRequirements resources(PodShape shape) {
        Map<String, Quantity> amounts = new TreeMap<>();
        if (shape.cpuMilli > 0) {
            amounts.put("cpu", new Quantity(Long.toString(shape.cpuMilli), "m"));
        }
        if (shape.memoryMib > 0) {
            amounts.put("memory", new Quantity(Long.toString(shape.memoryMib), "Mi"));
        }
        if (shape.gpu.devices > 0 && !shares(shape.gpu)) {
            amounts.put(Labels.GPU_RESOURCE, new Quantity(Integer.toString(shape.gpu.devices)));
        }
        return new ResourceRequirementsBuilder()
                .withRequests(amounts)
                .withLimits(amounts)
                .build();
    }

    private static Affinity models(List<String> models) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(Labels.GPU_MODEL)
                .withOperator("In")
                .withValues(models)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private static boolean shares(PodShape.Gpu gpu) {
        return gpu.devices > 0 && (gpu.fractionMilli > 0 || gpu.memoryMib > 0);
    }
}
