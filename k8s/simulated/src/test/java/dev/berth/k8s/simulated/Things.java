package dev.berth.k8s.simulated;

import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The objects that the tests of this room are about. */
final class Things {
    private Things() {}

    static Workload workload(String namespace, String name, int workers) {
        Workload workload = new Workload();
        workload.setMetadata(named(namespace, name));
        workload.getSpec().project = "vision";
        workload.getSpec().workers = workers;
        PodShape pod = new PodShape();
        pod.image = "registry.example/train:1";
        pod.cpuMilli = 500;
        pod.command = List.of("train", "--fast");
        workload.getSpec().pod = pod;
        return workload;
    }

    static ObjectMeta named(String namespace, String name) {
        return new ObjectMetaBuilder().withNamespace(namespace).withName(name).build();
    }

    static Pod pod(String namespace, String name) {
        return pod(namespace, name, Map.of("cpu", new Quantity("500m")), Map.of());
    }

    static Pod pod(String namespace, String name, Map<String, Quantity> resources, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withAnnotations(new HashMap<>(annotations))
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("berth-scheduler")
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/train:1")
                .withNewResources()
                .withRequests(resources)
                .withLimits(resources)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
