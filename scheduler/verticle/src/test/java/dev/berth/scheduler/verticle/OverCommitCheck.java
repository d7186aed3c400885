package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts for itself, at every change of the cluster, what bound pods hold of each node and of each device, and notes what
 * must never be: more than there is, a device that is not there, a pod that moves. Called under the cluster's lock.
 */
final class OverCommitCheck {
    private record Place(String node, long cpuMilli, long memoryMib, List<Integer> devices, int milli) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<ObjectKey, Place> places = new HashMap<>();
    private final Map<String, String> nodeOfPod = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Set<String>> podsOfGroup = new HashMap<>();
    private final Map<String, Set<String>> boundOfGroup = new HashMap<>();
    private int binds;

    synchronized void changed(Change<? extends HasMetadata> change) {
        change.match(
                reset -> {},
                upserted -> {
                    if (upserted.object() instanceof Node node) {
                        nodes.put(node.getMetadata().getName(), node);
                    } else if (upserted.object() instanceof Pod pod) {
                        seen(pod);
                    }
                },
                deleted -> {
                    if (deleted.object() instanceof Pod pod) {
                        places.remove(ObjectKey.of(pod));
                    }
                });
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Groups of which some pods run or ran though others were never bound, when all is quiet. */
    synchronized List<String> partialGangs() {
        return boundOfGroup.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(podsOfGroup.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Pods that were ever bound. */
    synchronized int binds() {
        return binds;
    }

    private void seen(Pod pod) {
        String node = pod.getSpec().getNodeName();
        String group = pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getLabels().get(Labels.POD_GROUP);
        podsOfGroup
                .computeIfAbsent(group, key -> new HashSet<>())
                .add(pod.getMetadata().getUid());
        if (node == null) {
            return;
        }
        String before = nodeOfPod.put(pod.getMetadata().getUid(), node);
        if (before == null) {
            binds++;
            boundOfGroup
                    .computeIfAbsent(group, key -> new HashSet<>())
                    .add(pod.getMetadata().getUid());
        } else if (!before.equals(node)) {
            violations.add(ObjectKey.of(pod) + " moved from " + before + " to " + node);
        }
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            places.remove(ObjectKey.of(pod));
        } else if (places.put(ObjectKey.of(pod), place(pod, node)) == null) {
            count(node);
        }
    }

    private static Place place(Pod pod, String node) {
        Map<String, Quantity> requests =
                pod.getSpec().getContainers().get(0).getResources().getRequests();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String devices = annotations.getOrDefault(Labels.ASSIGNED_GPUS, "");
        List<Integer> indices = new ArrayList<>();
        for (String part : devices.isEmpty() ? new String[0] : devices.split(",")) {
            indices.add(Integer.parseInt(part));
        }
        int milli = Integer.parseInt(annotations.getOrDefault(Labels.ASSIGNED_GPU_MILLI, "0"));
        return new Place(node, number(requests, "cpu"), number(requests, "memory"), indices, milli);
    }

    private void count(String name) {
        Map<String, Quantity> capacity = nodes.get(name).getStatus().getAllocatable();
        long cpu = 0;
        long memory = 0;
        Map<Integer, Integer> used = new TreeMap<>();
        for (Place place : places.values()) {
            if (place.node.equals(name)) {
                cpu += place.cpuMilli;
                memory += place.memoryMib;
                place.devices.forEach(device -> used.merge(device, place.milli, Integer::sum));
            }
        }
        long devices = number(capacity, Labels.GPU_RESOURCE);
        if (cpu > number(capacity, "cpu") || memory > number(capacity, "memory")) {
            violations.add(name + " holds " + cpu + " milli-cores and " + memory + " MiB");
        }
        used.forEach((device, milli) -> {
            if (device >= devices || milli > 1000) {
                violations.add(name + " device " + device + " holds " + milli);
            }
        });
    }

    private static long number(Map<String, Quantity> amounts, String resource) {
        Quantity amount = amounts.get(resource);
        return amount == null ? 0 : Long.parseLong(amount.getAmount());
    }
}
