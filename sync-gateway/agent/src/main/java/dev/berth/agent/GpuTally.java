package dev.berth.agent;

import dev.berth.k8s.crd.PodState;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.model.Phase;
import dev.berth.tunnel.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How much of each node's GPUs workloads hold, in thousandths, kept up with each change instead of counted anew. */
final class GpuTally {
    private final Map<String, Map<String, Long>> holders = new HashMap<>();
    private final Map<String, String> phases = new HashMap<>();
    private final Map<String, String> nodeNames = new HashMap<>();
    private final Map<String, Long> capacity = new HashMap<>();
    private final TreeMap<String, Long> allocated = new TreeMap<>();

    void reset(String kind) {
        if (kind.equals(ObservedFeed.WORKLOAD)) {
            holders.clear();
            phases.clear();
            allocated.clear();
        } else {
            nodeNames.clear();
            capacity.clear();
        }
    }

    void changed(ObjectRef ref, HasMetadata object) {
        removed(ref.kind(), ref.uid());
        if (object instanceof Workload workload) {
            phases.put(ref.uid(), workload.getStatus().phase);
            Map<String, Long> held = held(workload);
            if (!held.isEmpty()) {
                holders.put(ref.uid(), held);
                held.forEach((node, milli) -> allocated.merge(node, milli, Long::sum));
            }
        } else if (object instanceof Node node) {
            nodeNames.put(ref.uid(), node.getMetadata().getName());
            capacity.put(node.getMetadata().getName(), gpuMilli(node));
        }
    }

    void removed(String kind, String uid) {
        if (kind.equals(ObservedFeed.WORKLOAD)) {
            phases.remove(uid);
            Map<String, Long> held = holders.remove(uid);
            if (held != null) {
                held.forEach((node, milli) -> allocated.merge(node, -milli, GpuTally::sumOrNothing));
            }
        } else {
            String name = nodeNames.remove(uid);
            if (name != null) {
                capacity.remove(name);
            }
        }
    }

    @SuppressWarnings("NullAway") // Map.merge removes the entry where the function answers null.
    private static Long sumOrNothing(Long one, Long other) {
        long sum = one + other;
        return sum == 0 ? null : sum;
    }

    private static Map<String, Long> held(Workload workload) {
        Map<String, Long> held = new HashMap<>();
        for (PodState pod : workload.getStatus().pods) {
            boolean over = Phase.SUCCEEDED.word().equals(pod.phase)
                    || Phase.FAILED.word().equals(pod.phase);
            if (!over && pod.node != null && !pod.node.isEmpty() && !pod.gpus.isEmpty()) {
                held.merge(pod.node, (long) pod.gpus.size() * pod.gpuMilli, Long::sum);
            }
        }
        return held;
    }

    private static long gpuMilli(Node node) {
        Map<String, Quantity> all =
                node.getStatus() == null ? null : node.getStatus().getAllocatable();
        Quantity gpus = all == null ? null : all.get(Labels.GPU_RESOURCE);
        return gpus == null ? 0 : gpus.getNumericalAmount().longValue() * 1000;
    }

    /** Thousandths held of each node that has GPUs. */
    Map<String, Long> allocatedByNode() {
        Map<String, Long> byNode = new TreeMap<>();
        capacity.forEach((node, milli) -> {
            if (milli > 0) {
                byNode.put(node, allocated.getOrDefault(node, 0L));
            }
        });
        return byNode;
    }

    long allocatedMilli() {
        return allocated.values().stream().mapToLong(Long::longValue).sum();
    }

    long capacityMilli() {
        return capacity.values().stream().mapToLong(Long::longValue).sum();
    }

    long workloads(Phase phase) {
        return phases.values().stream().filter(phase.word()::equals).count();
    }
}
