package dev.berth.scheduler.verticle;

import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Pods for tests. */
final class Pods {
    static final String NAMESPACE = "berth-p-vision";

    private Pods() {}

    /** A pod of ours, of the group of the same name, that asks for whole GPUs. */
    static Pod waiting(String name, int gpus) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToLabels(Labels.POD_GROUP, "train")
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(Labels.SCHEDULER_NAME)
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/train:1")
                .withNewResources()
                .withRequests(Map.of(
                        "cpu",
                        new Quantity("1500m"),
                        "memory",
                        new Quantity("2Gi"),
                        Labels.GPU_RESOURCE,
                        new Quantity(Integer.toString(gpus))))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod on(Pod pod, String node) {
        return new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build();
    }

    static Pod in(Pod pod, String phase) {
        return new PodBuilder(pod).withNewStatus().withPhase(phase).endStatus().build();
    }

    static Pod leaving(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-11-24T00:00:00Z")
                .endMetadata()
                .build();
    }

    static Pod annotated(Pod pod, String key, String value) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(key, value)
                .endMetadata()
                .build();
    }
}
