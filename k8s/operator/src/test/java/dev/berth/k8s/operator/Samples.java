package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.function.Consumer;

/** Workloads and pods for tests. */
final class Samples {
    static final String NAMESPACE = "berth-p-vision";

    private Samples() {}

    static Workload workload(String name, int workers, Consumer<Workload.Spec> more) {
        Workload workload = new Workload();
        workload.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .addToLabels(Labels.WORKLOAD_ID, "id-" + name)
                .build());
        Workload.Spec spec = new Workload.Spec();
        spec.project = "vision";
        spec.workers = workers;
        spec.minWorkers = workers;
        spec.pod.image = "registry.example/train:1";
        spec.pod.cpuMilli = 4_000;
        spec.pod.memoryMib = 1_024;
        spec.pod.gpu = new PodShape.Gpu(1, 0, 0);
        more.accept(spec);
        workload.setSpec(spec);
        return workload;
    }

    static Workload workload(String name, int workers) {
        return workload(name, workers, spec -> {});
    }

    /** What is known of a workload whose group and pods exist as planned. */
    static Tracked tracked(Workload workload, int pods) {
        Tracked tracked = new Tracked(dev.berth.k8s.client.ObjectKey.of(workload));
        tracked.workload = workload;
        DesiredState.of(workload).match(own -> tracked.group = own.group(), nothing -> null, impossible -> null);
        for (int i = 0; i < pods; i++) {
            put(tracked, PodPlan.of(workload).pod(i));
        }
        return tracked;
    }

    static void put(Tracked tracked, Pod pod) {
        tracked.pods.put(pod.getMetadata().getName(), pod);
    }

    static Pod in(Pod pod, String phase) {
        return new PodBuilder(pod)
                .editSpec()
                .withNodeName("node-1")
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    static Pod bound(Pod pod, String devices, int milli) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Labels.ASSIGNED_GPUS, devices)
                .addToAnnotations(Labels.ASSIGNED_GPU_MILLI, Integer.toString(milli))
                .endMetadata()
                .editSpec()
                .withNodeName("node-1")
                .endSpec()
                .build();
    }
}
