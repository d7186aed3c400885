package dev.berth.k8s.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.k8s.crd.Workload;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.testkit.KubeApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real kube-apiserver with our definitions: nodes and pods are seen, a restart is survived, a missing right is said. */
class KubernetesClusterIT {
    private static final ObjectKey POD = new ObjectKey("berth-p-vision", "train-0");

    private static Vertx vertx;
    private static KubeApiServer server;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = KubeApiServer.start("nobody").installBerthCrds();
        cluster = open(server.kubeconfig());
        await(cluster.apply(namespace(POD.namespace())));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            await(cluster.close().map(true));
        }
        if (server != null) {
            server.close();
        }
        await(vertx.close().map(true));
    }

    @Test
    void nodesAndAPendingPodAreSeenAndTheBindingIsSeenToo() throws Exception {
        await(cluster.create(node("gpu-0")));
        View<Node> nodes = new View<>();
        View<Pod> pods = new View<>();
        cluster.watch(Node.class, nodes);
        cluster.watch(Pod.class, pods);
        await(cluster.create(pod()));
        await(cluster.create(node("gpu-1")));
        Node late = nodes.await(ObjectKey.clusterScoped("gpu-1"), node -> true);
        assertThat(late.getStatus().getAllocatable().get("nvidia.com/gpu")).isEqualTo(new Quantity("8"));
        nodes.await(ObjectKey.clusterScoped("gpu-0"), node -> true);
        pods.await(POD, pod -> pod.getStatus().getPhase().equals("Pending"));
        await(cluster.bind(POD, "gpu-0", Map.of("berth.dev/assigned-gpus", "0")).map(true));
        Pod bound = pods.await(POD, pod -> "gpu-0".equals(pod.getSpec().getNodeName()));
        assertThat(bound.getMetadata().getAnnotations()).containsEntry("berth.dev/assigned-gpus", "0");
    }

    @Test
    void aWatchGoesOnWhenTheApiServerComesBack() throws Exception {
        View<Node> nodes = new View<>();
        cluster.watch(Node.class, nodes);
        await(cluster.create(node("before")));
        nodes.await(ObjectKey.clusterScoped("before"), node -> true);
        server.restart();
        await(cluster.create(node("after")));
        nodes.await(ObjectKey.clusterScoped("after"), node -> true);
        nodes.await(ObjectKey.clusterScoped("before"), node -> true);
        assertThat(nodes.resets()).isBetween(1, 5);
    }

    @Test
    void whatTheSchemaForbidsIsInvalidWithTheField() {
        Workload tooMany = workload();
        tooMany.getSpec().workers = 20_000;
        assertThat(refusal(cluster.create(tooMany)))
                .isInstanceOfSatisfying(Refusal.Invalid.class, invalid -> assertThat(invalid.errors())
                        .extracting(Refusal.FieldError::pointer)
                        .contains("/spec/workers"));
        Workload crossed = workload();
        crossed.getSpec().minWorkers = 2;
        assertThat(refusal(cluster.create(crossed)).detail()).contains("minWorkers must not exceed workers");
    }

    @Test
    void aMissingRightIsSaid() {
        Cluster stranger = open(server.kubeconfig("nobody"));
        assertThat(refusal(stranger.get(Node.class, ObjectKey.clusterScoped("gpu-0"))))
                .isInstanceOf(Refusal.Forbidden.class);
        await(stranger.close().map(true));
    }

    @Test
    void anApiServerThatIsAwayIsBusy() {
        server.stopServer();
        assertThat(refusal(cluster.get(Node.class, ObjectKey.clusterScoped("gpu-0"))))
                .isInstanceOf(Refusal.Busy.class);
        server.startServerAgain();
    }

    @Test
    void aKubeconfigThatIsNotThereIsSaid() {
        assertThat(refusal(Clusters.kubernetes("none", "/nowhere/config", vertx, InstantSource.system())))
                .isEqualTo(new Refusal.NotFound("kubeconfig file", "/nowhere/config"));
    }

    private static Cluster open(Path kubeconfig) {
        return await(Clusters.kubernetes("real", kubeconfig.toString(), vertx, InstantSource.system()));
    }

    private static Workload workload() {
        Workload workload = new Workload();
        workload.getMetadata().setNamespace(POD.namespace());
        workload.getMetadata().setName("train");
        workload.getSpec().project = "vision";
        workload.getSpec().pod.image = "registry.example/train:1";
        return workload;
    }

    private static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private static HasMetadata node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withAllocatable(Map.of("cpu", new Quantity("64"), "nvidia.com/gpu", new Quantity("8")))
                .endStatus()
                .build();
    }

    private static HasMetadata pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(POD.namespace())
                .withName(POD.name())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("berth-scheduler")
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/train:1")
                .endContainer()
                .endSpec()
                .build();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static Refusal refusal(Future<?> future) {
        Refusal[] said = new Refusal[1];
        assertThatThrownBy(
                        () -> future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(Refused.class, refused -> said[0] = refused.refusal());
        return said[0];
    }
}
