package dev.berth.scheduler.verticle.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of each resource a pod takes at most at one time: its containers and sidecars together, or the init container
 * that needs most beside the sidecars that started before it, whichever is more; and its overhead. The rules are those of
 * Kubernetes' sidecar containers (KEP-753), pod-level resources (KEP-2837) and resizing in place (KEP-1287).
 */
final class EffectiveRequests {
    private final Pod pod;
    private final Map<String, ContainerStatus> statuses = new HashMap<>();

    private EffectiveRequests(Pod pod) {
        this.pod = pod;
        String node = pod.getSpec().getNodeName();
        if (node != null && !node.isEmpty() && pod.getStatus() != null) {
            remember(pod.getStatus().getContainerStatuses());
            remember(pod.getStatus().getInitContainerStatuses());
        }
    }

    static Map<String, Long> of(Pod pod) {
        return Quantities.rounded(new EffectiveRequests(pod).exact());
    }

    private void remember(@Nullable List<ContainerStatus> all) {
        if (all != null) {
            all.forEach(status -> statuses.put(status.getName(), status));
        }
    }

    private Map<String, BigDecimal> exact() {
        PodSpec spec = pod.getSpec();
        Map<String, BigDecimal> sum = new TreeMap<>();
        for (Container container : spec.getContainers()) {
            Quantities.add(sum, requests(container));
        }
        Map<String, BigDecimal> sidecars = new TreeMap<>();
        Map<String, BigDecimal> starting = new TreeMap<>();
        for (Container container : spec.getInitContainers()) {
            Map<String, BigDecimal> one = requests(container);
            if (isSidecar(container)) {
                Quantities.add(sum, one);
                Quantities.add(sidecars, one);
                Quantities.max(starting, sidecars);
            } else {
                Quantities.add(one, sidecars);
                Quantities.max(starting, one);
            }
        }
        Quantities.max(sum, starting);
        sum.putAll(ofWholePod(spec.getResources()));
        Quantities.add(sum, Quantities.read(spec.getOverhead()));
        return sum;
    }

    static boolean isSidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    /** What the pod says for all its containers together goes before what they say. */
    private static Map<String, BigDecimal> ofWholePod(@Nullable ResourceRequirements resources) {
        Map<String, BigDecimal> all = Quantities.read(resources == null ? null : resources.getRequests());
        all.keySet()
                .removeIf(resource ->
                        !resource.equals("cpu") && !resource.equals("memory") && !resource.startsWith("hugepages-"));
        return all;
    }

    private Map<String, BigDecimal> requests(Container container) {
        ResourceRequirements resources = container.getResources();
        Map<String, BigDecimal> asked = resources == null ? new TreeMap<>() : Quantities.read(withLimits(resources));
        ContainerStatus status = statuses.get(container.getName());
        if (status == null || status.getResources() == null) {
            return asked;
        }
        // A pod that is being resized holds what it had until the kubelet has done it.
        Map<String, BigDecimal> held = Quantities.read(status.getResources().getRequests());
        Quantities.max(held, Quantities.read(status.getAllocatedResources()));
        if (!cannotBeResized()) {
            Quantities.max(held, asked);
        }
        return held;
    }

    private boolean cannotBeResized() {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition ->
                        "PodResizePending".equals(condition.getType()) && "Infeasible".equals(condition.getReason()));
    }

    /** A limit without a request is one, as the API server would have it. */
    private static Map<String, Quantity> withLimits(ResourceRequirements resources) {
        Map<String, Quantity> all = new HashMap<>();
        if (resources.getLimits() != null) {
            all.putAll(resources.getLimits());
        }
        if (resources.getRequests() != null) {
            all.putAll(resources.getRequests());
        }
        return all;
    }
}
