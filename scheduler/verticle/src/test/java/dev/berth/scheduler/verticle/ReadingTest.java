package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.simulated.NodeShape;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How Kubernetes' objects become the core's. */
class ReadingTest {
    @Test
    void aWaitingPodIsAPendingTask() {
        Task task = read(Pods.waiting("train-12", 2));

        assertThat(task.id()).isEqualTo("berth-p-vision/train-12");
        assertThat(task.group()).isEqualTo("berth-p-vision/train");
        assertThat(task.order()).isEqualTo(12);
        assertThat(task.state()).isEqualTo(Task.State.PENDING);
        assertThat(task.request().cpuMilli()).isEqualTo(1500);
        assertThat(task.request().memoryBytes()).isEqualTo(2L << 30);
        assertThat(task.request().gpu()).isEqualTo(new GpuRequest.Whole(2));
    }

    @Test
    void aBoundPodIsWhereItsBindingSays() {
        Pod pod = Pods.annotated(
                Pods.annotated(Pods.on(Pods.waiting("train-0", 2), "node-1"), Labels.ASSIGNED_GPUS, "3,1"),
                Labels.ASSIGNED_GPU_MILLI,
                "1000");

        assertThat(read(pod).spot()).isEqualTo(new Spot("node-1", List.of(1, 3), 1000));
        assertThat(read(Pods.leaving(pod)).state()).isEqualTo(Task.State.RELEASING);
    }

    @Test
    void garbageInAnAnnotationIsNoDevice() {
        Pod pod = Pods.annotated(
                Pods.on(Pods.waiting("train-0", 2), "node-1"), Labels.ASSIGNED_GPUS, "x,-1,99999999999,64,7");

        assertThat(read(pod).spot()).isEqualTo(new Spot("node-1", List.of(7), 1000));
    }

    @Test
    void partsOfGpusComeFromAnnotations() {
        Pod pod = Pods.waiting("train-0", 0);

        assertThat(read(Pods.annotated(pod, Labels.GPU_FRACTION_MILLI, "250"))
                        .request()
                        .gpu())
                .isEqualTo(new GpuRequest.Fraction(1, 250));
        assertThat(read(Pods.annotated(pod, Labels.GPU_MEMORY_MIB, "20000"))
                        .request()
                        .gpu())
                .isEqualTo(new GpuRequest.Memory(1, 20_000));
        assertThat(read(pod).request().gpu()).isEqualTo(GpuRequest.NONE);
    }

    @Test
    void whatTakesNoRoomIsNoTask() {
        Pod pod = Pods.waiting("train-0", 1);

        assertThat(PodReading.task(Pods.in(Pods.on(pod, "node-1"), "Succeeded"), null))
                .isEmpty();
        assertThat(PodReading.task(Pods.leaving(pod), null)).isEmpty();
        assertThat(PodReading.task(otherScheduler(pod), null)).isEmpty();
    }

    @Test
    void aForeignPodTakesRoomButNoTurn() {
        Task task = read(Pods.on(otherScheduler(Pods.waiting("train-0", 1)), "node-1"));

        assertThat(task.group()).isEmpty();
        assertThat(task.state()).isEqualTo(Task.State.RUNNING);
    }

    @Test
    void gpuModelsAreUnderstoodAndOtherAffinityIsNot() {
        assertThat(read(withAffinity(Labels.GPU_MODEL)).request().gpuModels()).isEqualTo(Set.of("A100"));
        assertThat(PodReading.task(withAffinity("zone"), null)).isEmpty();
    }

    @Test
    void aNodeIsWhatIsAllocatableOfIt() {
        dev.berth.scheduler.core.Node node = NodeReading.node(node("a100"), List.of());

        assertThat(node.pool()).isEqualTo("a100");
        assertThat(node.cpuMilli()).isEqualTo(32_000);
        assertThat(node.memoryBytes()).isEqualTo(64L << 30);
        assertThat(node.gpus()).isEqualTo(8);
        assertThat(node.gpuModel()).isEqualTo("A100");
        assertThat(node.gpuMemoryMib()).isEqualTo(80_000);
        assertThat(node.ready()).isTrue();
        assertThat(node.schedulable()).isTrue();
    }

    @Test
    void aPoolFindsItsNodesByItsOwnLabel() {
        NodePool pool = new NodePool();
        pool.setMetadata(new ObjectMetaBuilder().withName("big").build());
        pool.getSpec().labelKey = Labels.GPU_MODEL;
        pool.getSpec().labelValue = "A100";

        assertThat(NodeReading.node(node(""), List.of(pool)).pool()).isEqualTo("big");
        assertThat(NodeReading.node(node(""), List.of()).pool()).isEqualTo("default");
    }

    @Test
    void cordonedTaintedAndSilentNodesTakeNothing() {
        Node cordoned = new NodeBuilder(node(""))
                .withNewSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
        Node tainted = new NodeBuilder(node(""))
                .withNewSpec()
                .addNewTaint("NoSchedule", "team", null, "x")
                .endSpec()
                .build();
        Node silent = new NodeBuilder(node(""))
                .editStatus()
                .withConditions(List.of())
                .endStatus()
                .build();

        assertThat(NodeReading.node(cordoned, List.of()).schedulable()).isFalse();
        assertThat(NodeReading.node(tainted, List.of()).schedulable()).isFalse();
        assertThat(NodeReading.node(silent, List.of()).ready()).isFalse();
    }

    @Test
    void aProjectIsAQueueUnderItsDepartment() {
        Project project = new Project();
        project.setMetadata(new ObjectMetaBuilder().withName("vision").build());
        project.getSpec().department = "research";
        project.getSpec().priority = 7;
        PoolQuota quota = new PoolQuota();
        quota.nodePool = "a100";
        quota.gpuMilli = new Amount(8_000, Amount.UNLIMITED, 2);
        quota.memoryMib = new Amount(10, 20, 1);
        project.getSpec().quotas.add(quota);

        Queue queue = QueueReading.queue(project, Set.of("a100", "t4"));

        assertThat(queue.id()).isEqualTo("project:vision");
        assertThat(queue.parent()).isEqualTo("department:research");
        assertThat(queue.in("a100").gpuMilli().quota()).isEqualTo(8_000);
        assertThat(queue.in("a100").memoryBytes().limit()).isEqualTo(20L << 20);
        assertThat(queue.in("a100").priority()).isEqualTo(7);
        assertThat(queue.in("t4").priority()).isEqualTo(7);
    }

    private static Task read(Pod pod) {
        return PodReading.task(pod, null).orElseThrow();
    }

    private static Pod otherScheduler(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .withSchedulerName("default-scheduler")
                .endSpec()
                .build();
    }

    private static Pod withAffinity(String key) {
        return new PodBuilder(Pods.waiting("train-0", 1))
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator("In")
                .withValues("A100")
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Node node(String pool) {
        return new NodeShape("node-1", 32_000, 64 * 1024, 8, "A100", 80_000, pool).toNode();
    }
}
