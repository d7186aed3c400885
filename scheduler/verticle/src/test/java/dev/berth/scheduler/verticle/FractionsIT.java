package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.binder.BinderRole;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Scheduler and binder on a real kube-apiserver: parts of devices by reservations, through a restart of the API server, a
 * change of the scheduler and of the binder. The test says what a kubelet would say of reservations.
 */
class FractionsIT {
    private static final Map<String, Object> BINDER =
            Map.of("leaseSeconds", 2, "pollMillis", 50, "releaseMillis", 0, "retryMillis", 50);
    private static final Map<String, Object> SCHEDULER = Map.of("leaseSeconds", 2);

    private final Map<ObjectKey, String> given = new ConcurrentHashMap<>();

    @Test
    void halvesShareDevicesAndNoneIsUsedTwiceWhateverRestarts() {
        try (RealCluster real = new RealCluster(2, 2)) {
            real.vertx.setPeriodic(50, tick -> kubelets(real));
            String scheduler = real.deploy(new SchedulerRole(), SCHEDULER);
            String binder = real.deploy(new BinderRole(), BINDER);
            halves(real, "a", 3);
            real.await("the first are bound", () -> real.bound("a") == 3);
            assertThat(devices(real)).hasSize(2);
            for (int i = 0; i < 3; i++) {
                assertThat(visible(real, "a-" + i)).isEqualTo(uuid(real, "a-" + i));
            }

            Story.get(real.vertx.undeploy(binder));
            halves(real, "b", 3);
            real.await("the binder was asked", () -> real.requests() > 0);
            real.server.restart();
            Story.get(real.vertx.undeploy(scheduler));
            real.deploy(new SchedulerRole(), SCHEDULER);
            real.deploy(new BinderRole(), BINDER);
            real.await("all are bound", () -> real.bound("b") == 3);

            Map<String, List<String>> sharers = devices(real);
            assertThat(sharers).allSatisfy((uuid, pods) -> assertThat(pods).hasSizeLessThanOrEqualTo(2));
            assertThat(Set.copyOf(given.values())).hasSize(given.size());
            assertThat(sharers.keySet()).isSubsetOf(Set.copyOf(given.values()));
            real.await("requests are taken away", () -> real.requests() == 0);

            for (String prefix : List.of("a", "b")) {
                IntStream.range(0, 3).forEach(i -> ended(real, prefix + "-" + i));
            }
            real.await("devices are given back", () -> reservations(real).isEmpty());
        }
    }

    private static void halves(RealCluster real, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            String name = prefix + "-" + i;
            Story.get(real.cluster.create(RealCluster.group(name)));
            Pod whole = RealCluster.pod(name, Labels.SCHEDULER_NAME);
            Story.get(real.cluster.create(new PodBuilder(whole)
                    .editMetadata()
                    .addToAnnotations(Labels.GPU_FRACTION_MILLI, "500")
                    .addToAnnotations(Labels.GPU_CONFIG_MAP, "berth-gpu-" + name)
                    .endMetadata()
                    .editSpec()
                    .editFirstContainer()
                    .withNewResources()
                    .endResources()
                    .endContainer()
                    .endSpec()
                    .build()));
        }
    }

    /** Gives each new reservation a device of its node that none has, and lets deleted ones go. */
    private void kubelets(RealCluster real) {
        given.keySet().removeIf(key -> !real.pods.containsKey(key));
        for (Pod pod : reservations(real)) {
            ObjectKey key = ObjectKey.of(pod);
            String node = pod.getSpec().getNodeName();
            if (!given.containsKey(key)) {
                IntStream.range(0, 2)
                        .mapToObj(i -> "GPU-" + node + "-" + i)
                        .filter(uuid -> !given.containsValue(uuid))
                        .findFirst()
                        .ifPresent(uuid -> given.put(key, uuid));
            }
            String uuid = given.get(key);
            if (uuid != null && !"Running".equals(pod.getStatus().getPhase())) {
                real.cluster.replaceStatus(running(pod, uuid));
            }
        }
    }

    private static Pod running(Pod pod, String uuid) {
        return new PodBuilder(pod)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewInitContainerStatus()
                .withName("learn")
                .withImage("berth")
                .withImageID("berth")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(0)
                .withMessage(uuid)
                .endTerminated()
                .endState()
                .endInitContainerStatus()
                .endStatus()
                .build();
    }

    private static List<Pod> reservations(RealCluster real) {
        return real.pods.values().stream()
                .filter(pod ->
                        Labels.RESERVATION_NAMESPACE.equals(pod.getMetadata().getNamespace()))
                .toList();
    }

    /** Bound pods by the device that they share. */
    private static Map<String, List<String>> devices(RealCluster real) {
        return new HashMap<>(real.pods.values().stream()
                .filter(pod -> pod.getMetadata().getAnnotations() != null
                        && pod.getMetadata().getAnnotations().containsKey(Labels.ASSIGNED_GPU_UUIDS))
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getAnnotations().get(Labels.ASSIGNED_GPU_UUIDS),
                        Collectors.mapping(pod -> pod.getMetadata().getName(), Collectors.toList()))));
    }

    private static String uuid(RealCluster real, String name) {
        return Story.get(real.cluster.get(Pod.class, new ObjectKey(RealCluster.NAMESPACE, name)))
                .orElseThrow()
                .getMetadata()
                .getAnnotations()
                .get(Labels.ASSIGNED_GPU_UUIDS);
    }

    private static String visible(RealCluster real, String name) {
        return Story.get(real.cluster.get(ConfigMap.class, new ObjectKey(RealCluster.NAMESPACE, "berth-gpu-" + name)))
                .orElseThrow()
                .getData()
                .get("NVIDIA_VISIBLE_DEVICES");
    }

    private static void ended(RealCluster real, String name) {
        Pod now = Story.get(real.cluster.get(Pod.class, new ObjectKey(RealCluster.NAMESPACE, name)))
                .orElseThrow();
        Story.get(real.cluster.replaceStatus(new PodBuilder(now)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withNewStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build()));
    }
}
