package dev.berth.k8s.binder;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kubelets as far as reservations see them: each reservation gets a device that is free, is refused where none is, and
 * gives it back when it goes. Counts whatever nobody may do: two holders of one device.
 */
final class Kubelet {
    private final Cluster cluster;
    private final Map<String, Deque<String>> free = new HashMap<>();
    private final AtomicInteger left = new AtomicInteger(1_000);
    private final Map<ObjectKey, String> given = new HashMap<>();

    Kubelet(Cluster cluster, Map<String, List<String>> devices) {
        this.cluster = cluster;
        devices.forEach((node, uuids) -> free.put(node, new ArrayDeque<>(uuids)));
    }

    /** Begins to look; on an event loop. */
    void start() {
        cluster.watch(Pod.class, this::told);
    }

    /** Devices that reservations hold now. */
    int held() {
        return given.size();
    }

    private void told(Change<Pod> change) {
        change.match(reset -> reset.all().forEach(this::admit), upserted -> admit(upserted.object()), deleted -> {
            String uuid = given.remove(ObjectKey.of(deleted.object()));
            if (uuid != null) {
                free.get(deleted.object().getSpec().getNodeName()).add(uuid);
            }
        });
    }

    private void admit(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        Deque<String> devices = free.get(pod.getSpec().getNodeName());
        if (!Labels.RESERVATION_NAMESPACE.equals(key.namespace()) || devices == null || given.containsKey(key)) {
            return;
        }
        String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
        if ("Failed".equals(phase) || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        String uuid = devices.poll();
        if (uuid == null) {
            write(new PodBuilder(pod)
                    .withNewStatus()
                    .withPhase("Failed")
                    .withReason("UnexpectedAdmissionError")
                    .endStatus()
                    .build());
        } else {
            given.put(key, uuid);
            write(gives(pod, uuid));
        }
    }

    private void write(Pod pod) {
        cluster.replaceStatus(new PodBuilder(pod)
                        .editMetadata()
                        .withResourceVersion(null)
                        .endMetadata()
                        .build())
                .onFailure(failure -> {
                    if (given.containsKey(ObjectKey.of(pod))
                            || "Failed".equals(pod.getStatus().getPhase())) {
                        again(pod);
                    }
                });
    }

    /** As a real kubelet does: it says so until the API server has heard. */
    private void again(Pod pod) {
        if (left.decrementAndGet() > 0) {
            write(pod);
        }
    }

    /** The pod as it runs with the device. */
    static Pod gives(Pod pod, String uuid) {
        return new PodBuilder(pod)
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
                .withMessage(uuid + "\n")
                .endTerminated()
                .endState()
                .endInitContainerStatus()
                .endStatus()
                .build();
    }
}
