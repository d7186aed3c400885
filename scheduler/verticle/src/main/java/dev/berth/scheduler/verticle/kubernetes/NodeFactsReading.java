package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.scheduler.core.predicate.NodeFacts;
import dev.berth.scheduler.core.predicate.Taint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSINodeDriver;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node's object, and those beside it, say. */
public final class NodeFactsReading {
    private static final String PREFIX = "node.kubernetes.io/";

    private static final Map<String, String> TAINT_OF_PRESSURE = Map.of(
            "MemoryPressure", PREFIX + "memory-pressure",
            "DiskPressure", PREFIX + "disk-pressure",
            "PIDPressure", PREFIX + "pid-pressure",
            "NetworkUnavailable", PREFIX + "network-unavailable");

    private NodeFactsReading() {}

    public static NodeFacts read(Node node, Storage storage) {
        String name = node.getMetadata().getName();
        Map<String, String> labels = node.getMetadata().getLabels();
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return new NodeFacts(
                name,
                labels == null ? Map.of() : labels,
                taints(node),
                cordoned,
                Quantities.rounded(Quantities.read(
                        node.getStatus() == null ? null : node.getStatus().getAllocatable())),
                attachable(storage.drivers().get(name)),
                attached(name, storage));
    }

    /** Those that are written, and those that its conditions will bring as soon as Kubernetes gets to it. */
    private static List<Taint> taints(Node node) {
        List<Taint> taints = new ArrayList<>();
        if (node.getSpec() != null) {
            node.getSpec().getTaints().forEach(taint -> effect(taint.getEffect())
                    .ifPresent(effect -> taints.add(new Taint(taint.getKey(), orEmpty(taint.getValue()), effect))));
        }
        List<NodeCondition> conditions =
                node.getStatus() == null ? List.of() : node.getStatus().getConditions();
        String ready = conditions.stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(NodeCondition::getStatus)
                .findFirst()
                .orElse("Unknown");
        if (!ready.equals("True")) {
            taint(taints, PREFIX + (ready.equals("False") ? "not-ready" : "unreachable"));
        }
        for (NodeCondition condition : conditions) {
            String key = TAINT_OF_PRESSURE.get(condition.getType());
            if (key != null && "True".equals(condition.getStatus())) {
                taint(taints, key);
            }
        }
        return taints;
    }

    private static void taint(List<Taint> taints, String key) {
        if (taints.stream().noneMatch(taint -> taint.key().equals(key))) {
            taints.add(new Taint(key, "", Taint.Effect.KEEP_AWAY));
        }
    }

    static Optional<Taint.Effect> effect(@Nullable String effect) {
        return switch (orEmpty(effect)) {
            case "NoSchedule" -> Optional.of(Taint.Effect.KEEP_AWAY);
            case "NoExecute" -> Optional.of(Taint.Effect.DRIVE_OUT);
            case "PreferNoSchedule" -> Optional.of(Taint.Effect.PREFER);
            default -> Optional.empty();
        };
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Map<String, Long> attachable(@Nullable CSINode drivers) {
        Map<String, Long> limits = new HashMap<>();
        if (drivers != null && drivers.getSpec() != null) {
            for (CSINodeDriver driver : drivers.getSpec().getDrivers()) {
                if (driver.getAllocatable() != null && driver.getAllocatable().getCount() != null) {
                    limits.put(
                            driver.getName(), driver.getAllocatable().getCount().longValue());
                }
            }
        }
        return limits;
    }

    private static Map<String, String> attached(String node, Storage storage) {
        Map<String, String> attached = new HashMap<>();
        for (VolumeAttachment attachment : storage.attachments()) {
            String driver = attachment.getSpec().getAttacher();
            String volume = attachment.getSpec().getSource().getPersistentVolumeName();
            PersistentVolume known = volume == null ? null : storage.volumes().get(volume);
            if (node.equals(attachment.getSpec().getNodeName())
                    && driver != null
                    && known != null
                    && known.getSpec().getCsi() != null) {
                attached.put(driver + "/" + known.getSpec().getCsi().getVolumeHandle(), driver);
            }
        }
        return attached;
    }
}
