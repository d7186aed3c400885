package dev.berth.scheduler.verticle.kubernetes;

import static dev.berth.scheduler.verticle.kubernetes.Draw.map;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes of every kind, few of which are without fault. */
final class RandomNodes {
    private final Draw draw;
    private final String prefix;

    RandomNodes(Draw draw, String prefix) {
        this.draw = draw;
        this.prefix = prefix;
    }

    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        int count = draw.between(4, 12);
        for (int i = 0; i < count; i++) {
            nodes.add(node(prefix + "-n" + i));
        }
        return nodes;
    }

    private Node node(String name) {
        List<Object> taints = new ArrayList<>();
        if (draw.chance(25)) {
            taints.add(map(
                    "key", draw.one("dedicated", "gpu"),
                    "value", draw.one("x", "y", ""),
                    "effect", draw.one("NoSchedule", "NoExecute", "PreferNoSchedule")));
        }
        String ready = draw.chance(90) ? "True" : draw.one("False", "Unknown");
        if (!ready.equals("True")) {
            String key = ready.equals("False") ? "not-ready" : "unreachable";
            taints.add(map("key", "node.kubernetes.io/" + key, "effect", "NoSchedule"));
        }
        Map<String, Object> spec = map("taints", taints);
        if (draw.chance(7)) {
            spec.put("unschedulable", true);
        }
        return Draw.object(
                Node.class,
                map(
                        "metadata",
                        map("name", name, "labels", labels(name)),
                        "spec",
                        spec,
                        "status",
                        map(
                                "allocatable", allocatable(),
                                "conditions", List.of(map("type", "Ready", "status", ready)))));
    }

    private Map<String, Object> labels(String name) {
        Map<String, Object> labels = map();
        if (draw.chance(92)) {
            labels.put("kubernetes.io/hostname", name);
        }
        if (draw.chance(85)) {
            labels.put("topology.kubernetes.io/zone", draw.one("a", "b", "c"));
        }
        if (draw.chance(15)) {
            labels.put("failure-domain.beta.kubernetes.io/zone", draw.one("a", "b"));
        }
        if (draw.chance(75)) {
            labels.put("rack", draw.one("r1", "r2", "r3"));
        }
        if (draw.chance(70)) {
            labels.put("disk", draw.one("ssd", "hdd"));
        }
        if (draw.chance(70)) {
            labels.put("generation", draw.one("1", "3", "5", "7", "x"));
        }
        return labels;
    }

    private Map<String, Object> allocatable() {
        Map<String, Object> allocatable = map(
                "cpu", draw.one("2", "4", "7500m", "16"),
                "memory", draw.one("4Gi", "16Gi", "64Gi"),
                "ephemeral-storage", draw.one("10Gi", "100Gi"),
                "pods", draw.one("4", "6", "110", "110", "110", "110"));
        if (draw.chance(60)) {
            allocatable.put("nvidia.com/gpu", draw.one("1", "4", "8"));
        }
        if (draw.chance(20)) {
            allocatable.put("example.com/fpga", "2");
        }
        return allocatable;
    }

    /** How many volumes some of the nodes can attach. */
    List<CSINode> drivers(List<Node> nodes) {
        List<CSINode> drivers = new ArrayList<>();
        for (Node node : nodes) {
            if (draw.chance(75)) {
                List<Object> limits = new ArrayList<>();
                limits.add(map("name", "fast.csi", "nodeID", "x", "allocatable", map("count", draw.between(1, 3))));
                limits.add(map("name", "slow.csi", "nodeID", "x"));
                drivers.add(Draw.object(
                        CSINode.class,
                        map(
                                "metadata", map("name", node.getMetadata().getName()),
                                "spec", map("drivers", limits))));
            }
        }
        return drivers;
    }
}
