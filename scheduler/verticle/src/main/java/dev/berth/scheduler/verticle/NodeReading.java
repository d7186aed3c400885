package dev.berth.scheduler.verticle;

import dev.berth.k8s.crd.NodePool;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.Placement;
import dev.berth.scheduler.core.Pool;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A node and a pool as the core sees them. */
final class NodeReading {
    private static final int STANDARD_PODS = 110;

    private NodeReading() {}

    static dev.berth.scheduler.core.Node node(Node node, Collection<NodePool> pools) {
        Map<String, String> labels = node.getMetadata().getLabels() == null
                ? Map.of()
                : node.getMetadata().getLabels();
        Map<String, Quantity> allocatable =
                node.getStatus() == null || node.getStatus().getAllocatable() == null
                        ? Map.of()
                        : node.getStatus().getAllocatable();
        Quantity pods = allocatable.get("pods");
        long gpus = Numbers.amount(allocatable.get(Labels.GPU_RESOURCE), Labels.GPU_RESOURCE);
        return new dev.berth.scheduler.core.Node(
                node.getMetadata().getName(),
                pool(labels, pools),
                labels,
                Numbers.amount(allocatable.get("cpu"), "cpu"),
                Numbers.amount(allocatable.get("memory"), "memory"),
                pods == null ? STANDARD_PODS : (int) Math.min(Integer.MAX_VALUE, Numbers.amount(pods, "pods")),
                (int) Math.min(gpus, GpuRequest.MAX_DEVICES),
                labels.getOrDefault(Labels.GPU_MODEL, ""),
                Numbers.whole(labels.get(Labels.GPU_MEMORY), 0),
                ready(node),
                takesNew(node));
    }

    static Pool pool(NodePool pool) {
        boolean spread = NodePool.SPREAD.equals(pool.getSpec().placement);
        return new Pool(pool.getMetadata().getName(), spread ? Placement.SPREAD : Placement.BINPACK);
    }

    /** The first pool, by name, whose label the node carries; else the one that its own label names. */
    private static String pool(Map<String, String> labels, Collection<NodePool> pools) {
        for (NodePool pool : pools) {
            NodePool.Spec spec = pool.getSpec();
            String name = pool.getMetadata().getName();
            String wanted = spec.labelValue.isEmpty() ? name : spec.labelValue;
            if (wanted.equals(labels.get(spec.labelKey))) {
                return name;
            }
        }
        return labels.getOrDefault(Labels.NODE_POOL, Labels.DEFAULT_POOL);
    }

    private static boolean ready(Node node) {
        List<NodeCondition> conditions =
                node.getStatus() == null ? List.of() : node.getStatus().getConditions();
        return conditions.stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Our pods carry no tolerations, so a taint that keeps pods away keeps all of them away. */
    private static boolean takesNew(Node node) {
        if (node.getSpec() == null) {
            return true;
        }
        List<Taint> taints = node.getSpec().getTaints();
        boolean tainted = taints != null
                && taints.stream()
                        .anyMatch(taint ->
                                "NoSchedule".equals(taint.getEffect()) || "NoExecute".equals(taint.getEffect()));
        return !tainted && !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }
}
