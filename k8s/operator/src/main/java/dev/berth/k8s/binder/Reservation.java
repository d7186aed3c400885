package dev.berth.k8s.binder;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pod that holds a shared device. It asks the kubelet for one whole GPU; its init container writes the device's UUID
 * into its termination message, which the kubelet puts into the pod's status. So the pod needs no token and no right, and
 * what stays is one paused process. The kubelet gives the second container the device of the first.
 *
 * @param uuid of the device; empty: not known yet
 * @param leaving whether it is being deleted
 * @param lost why the kubelet gave it no device, or took it away; empty: it did not
 */
record Reservation(Slot slot, String uuid, boolean leaving, String lost) {
    /** What it runs: Berth's own image, and one whose process waits for ever. */
    record Images(String learn, String hold) {}

    private static final Pattern UUID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,127}");
    private static final String LEARN = "learn";
    private static final long NOBODY = 65_532;
    private static final int MAX_WORDS = 256;

    static ObjectKey key(Slot slot) {
        return new ObjectKey(Labels.RESERVATION_NAMESPACE, slot.podName());
    }

    static Pod pod(Slot slot, Images images) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(Labels.RESERVATION_NAMESPACE)
                .withName(slot.podName())
                .addToLabels(Labels.RESERVED_GPU, Integer.toString(slot.index()))
                .endMetadata()
                .withNewSpec()
                .withNodeName(slot.node())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                // A node under pressure must not give the device away while pods use it.
                .withPriorityClassName("system-node-critical")
                .withTerminationGracePeriodSeconds(0L)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withInitContainers(container(LEARN, images.learn(), List.of("reserve")))
                .withContainers(container("hold", images.hold(), List.of()))
                .endSpec()
                .build();
    }

    private static Container container(String name, String image, List<String> arguments) {
        Map<String, Quantity> device = Map.of(Labels.GPU_RESOURCE, new Quantity("1"));
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withArgs(arguments)
                .withNewResources()
                .withRequests(device)
                .withLimits(device)
                .endResources()
                .withSecurityContext(new SecurityContextBuilder()
                        .withRunAsNonRoot(true)
                        .withRunAsUser(NOBODY)
                        .withReadOnlyRootFilesystem(true)
                        .withAllowPrivilegeEscalation(false)
                        .withNewCapabilities()
                        .withDrop("ALL")
                        .endCapabilities()
                        .withNewSeccompProfile()
                        .withType("RuntimeDefault")
                        .endSeccompProfile()
                        .build())
                .build();
    }

    /** The pod as a reservation; empty for any other pod. */
    static Optional<Reservation> read(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String index = labels == null ? null : labels.get(Labels.RESERVED_GPU);
        String node = pod.getSpec().getNodeName();
        boolean ours = Labels.RESERVATION_NAMESPACE.equals(pod.getMetadata().getNamespace());
        if (!ours || index == null || node == null || !index.matches("[0-9]{1,2}")) {
            return Optional.empty();
        }
        Slot slot = new Slot(node, Integer.parseInt(index));
        boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
        return slot.podName().equals(pod.getMetadata().getName())
                ? Optional.of(new Reservation(slot, uuid(pod), leaving, lost(pod)))
                : Optional.empty();
    }

    private static String uuid(Pod pod) {
        if (pod.getStatus() == null || !"Running".equals(pod.getStatus().getPhase())) {
            return "";
        }
        for (ContainerStatus status : pod.getStatus().getInitContainerStatuses()) {
            if (LEARN.equals(status.getName())
                    && status.getState() != null
                    && status.getState().getTerminated() != null) {
                String said = status.getState().getTerminated().getMessage();
                String uuid = said == null ? "" : said.strip();
                return UUID.matcher(uuid).matches() ? uuid : "";
            }
        }
        return "";
    }

    private static String lost(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if (!"Failed".equals(phase) && !"Succeeded".equals(phase)) {
            return "";
        }
        String reason = pod.getStatus().getReason();
        String message = pod.getStatus().getMessage();
        String words = (reason == null ? "its reservation ended" : reason) + (message == null ? "" : ": " + message);
        return words.substring(0, Math.min(words.length(), MAX_WORDS));
    }
}
