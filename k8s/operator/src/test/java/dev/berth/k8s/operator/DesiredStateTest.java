package dev.berth.k8s.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
    @Test
    void aGangIsOneGroupAndItsPods() {
        DesiredState.OwnPods own = ownPods(Samples.workload("train", 3, spec -> {
            spec.minWorkers = 2;
            spec.priorityClass = "build";
            spec.nodePool = "a100";
        }));

        assertThat(own.pods().count()).isEqualTo(3);
        assertThat(own.group().getMetadata().getName()).isEqualTo("train");
        assertThat(own.group().getSpec().queue).isEqualTo("vision");
        assertThat(own.group().getSpec().nodePool).isEqualTo("a100");
        assertThat(own.group().getSpec().minMember).isEqualTo(2);
        assertThat(own.group().getSpec().priority).isEqualTo(100);
        assertThat(own.group().getSpec().workload).isEqualTo("train");
    }

    @Test
    void aPodSaysWhoseItIsAndWhoSchedulesIt() {
        Pod pod = ownPods(Samples.workload("train", 3)).pods().pod(2);

        assertThat(pod.getMetadata().getName()).isEqualTo("train-2");
        assertThat(pod.getMetadata().getNamespace()).isEqualTo(Samples.NAMESPACE);
        assertThat(pod.getMetadata().getLabels())
                .containsEntry(Labels.PROJECT, "vision")
                .containsEntry(Labels.WORKLOAD, "train")
                .containsEntry(Labels.POD_GROUP, "train")
                .containsEntry(Labels.WORKLOAD_ID, "id-train");
        assertThat(pod.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(owner.getUid())
                .isEqualTo("uid-train"));
        assertThat(pod.getSpec().getSchedulerName()).isEqualTo(Labels.SCHEDULER_NAME);
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    void wholeGpusAreContainerResources() {
        Container container = container(Samples.workload("train", 1, spec -> spec.pod.gpu = new PodShape.Gpu(4, 0, 0)));

        Map<String, Quantity> requests = container.getResources().getRequests();
        assertThat(requests)
                .containsEntry("cpu", new Quantity("4000", "m"))
                .containsEntry("memory", new Quantity("1024", "Mi"))
                .containsEntry(Labels.GPU_RESOURCE, new Quantity("4"));
        assertThat(container.getResources().getLimits()).isEqualTo(requests);
    }

    @Test
    void partsOfGpusAreAnnotations() {
        Pod fraction = pod(Samples.workload("a", 1, spec -> spec.pod.gpu = new PodShape.Gpu(2, 500, 0)));
        Pod memory = pod(Samples.workload("b", 1, spec -> spec.pod.gpu = new PodShape.Gpu(1, 0, 20_000)));

        assertThat(fraction.getMetadata().getAnnotations())
                .containsEntry(Labels.GPU_FRACTION_MILLI, "500")
                .containsEntry(Labels.GPU_DEVICES, "2");
        assertThat(memory.getMetadata().getAnnotations()).containsEntry(Labels.GPU_MEMORY_MIB, "20000");
        assertThat(fraction.getSpec().getContainers().get(0).getResources().getRequests())
                .doesNotContainKey(Labels.GPU_RESOURCE);
    }

    @Test
    void aUserCannotClaimDevicesByAnnotation() {
        Pod pod = pod(Samples.workload("train", 1, spec -> {
            spec.pod.annotations.put(Labels.ASSIGNED_GPUS, "0,1,2");
            spec.pod.annotations.put(Labels.SIMULATED_RUN_MILLIS, "100");
        }));

        assertThat(pod.getMetadata().getAnnotations())
                .doesNotContainKey(Labels.ASSIGNED_GPUS)
                .containsEntry(Labels.SIMULATED_RUN_MILLIS, "100");
    }

    @Test
    void modelsBecomeNodeAffinity() {
        Pod pod = pod(Samples.workload("train", 1, spec -> {
            spec.pod.gpuModels.addAll(List.of("A100", "H100"));
            spec.pod.nodeSelector.put("zone", "b");
        }));

        assertThat(pod.getSpec().getNodeSelector()).containsEntry("zone", "b");
        assertThat(pod.getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .get(0)
                        .getMatchExpressions())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getKey()).isEqualTo(Labels.GPU_MODEL);
                    assertThat(one.getValues()).containsExactly("A100", "H100");
                });
    }

    @Test
    void aStoppedWorkloadHasNothing() {
        DesiredState desired = DesiredState.of(Samples.workload("train", 1, spec -> spec.stopped = true));

        assertThat(desired).isEqualTo(new DesiredState.Nothing());
    }

    @Test
    void allThatIsWrongWithASpecIsToldAtOnce() {
        DesiredState desired = DesiredState.of(Samples.workload("train", 0, spec -> {
            spec.minWorkers = 1;
            spec.priorityClass = "urgent";
            spec.pod.image = "";
            spec.pod.gpu = new PodShape.Gpu(1, 500, 100);
        }));

        assertThat(desired).isInstanceOfSatisfying(DesiredState.Impossible.class, impossible -> assertThat(
                        impossible.message())
                .contains("spec.workers", "spec.priorityClass", "spec.pod.image", "spec.pod.gpu.fractionMilli"));
    }

    private static DesiredState.OwnPods ownPods(Workload workload) {
        return (DesiredState.OwnPods) DesiredState.of(workload);
    }

    private static Pod pod(Workload workload) {
        return ownPods(workload).pods().pod(0);
    }

    private static Container container(Workload workload) {
        return pod(workload).getSpec().getContainers().get(0);
    }
}
