package dev.berth.k8s.simulated;

import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulated node has.
 *
 * @param model name of the GPU model; empty where there are no GPUs
 * @param pool name of the node pool; empty: the default one
 */
public record NodeShape(
        String name, long cpuMilli, long memoryMib, int gpus, String model, long gpuMemoryMib, String pool) {
    /** Pods that a node takes at most; far more than Kubernetes' 110, because fractions of GPUs are small. */
    private static final int MAX_PODS = 1000;

    /** The node as its kubelet would have reported it: ready, all of it allocatable. */
    public Node toNode() {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(name);
        metadata.setLabels(labels());
        Map<String, Quantity> resources = resources();
        NodeCondition ready = new NodeCondition();
        ready.setType("Ready");
        ready.setStatus("True");
        ready.setReason("KubeletReady");
        NodeStatus status = new NodeStatus();
        status.setCapacity(resources);
        status.setAllocatable(resources);
        status.setConditions(List.of(ready));
        Node node = new Node();
        node.setMetadata(metadata);
        node.setStatus(status);
        return node;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/hostname", name);
        if (!pool.isEmpty()) {
            labels.put(Labels.NODE_POOL, pool);
        }
        if (gpus > 0) {
            labels.put(Labels.GPU_MODEL, model);
            labels.put(Labels.GPU_MEMORY, Long.toString(gpuMemoryMib));
        }
        return labels;
    }

    private Map<String, Quantity> resources() {
        Map<String, Quantity> resources = new LinkedHashMap<>();
        resources.put("cpu", new Quantity(Long.toString(cpuMilli), "m"));
        resources.put("memory", new Quantity(Long.toString(memoryMib), "Mi"));
        resources.put("pods", new Quantity(Integer.toString(MAX_PODS)));
        if (gpus > 0) {
            resources.put(Labels.GPU_RESOURCE, new Quantity(Integer.toString(gpus)));
        }
        return resources;
    }
}
