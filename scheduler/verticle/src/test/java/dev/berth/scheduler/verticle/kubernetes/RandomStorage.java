package dev.berth.scheduler.verticle.kubernetes;

import static dev.berth.scheduler.verticle.kubernetes.Draw.map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Claims named c0 to c11 in each namespace, bound and unbound, with the volumes and classes that they need. */
final class RandomStorage {
    /** One more than there are: the last claim does not exist. */
    static final int CLAIMS = 12;

    private final Draw draw;
    private final String prefix;
    private final List<HasMetadata> objects = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();

    RandomStorage(Draw draw, String prefix) {
        this.draw = draw;
        this.prefix = prefix;
    }

    List<HasMetadata> objects(List<String> namespaces, List<Node> nodes) {
        storageClass("immediate", "Immediate", List.of());
        storageClass("later", "WaitForFirstConsumer", List.of());
        storageClass("zoned", "WaitForFirstConsumer", List.of("a", "b"));
        for (String namespace : namespaces) {
            for (int i = 0; i < CLAIMS - 3; i++) {
                bound(namespace, "c" + i, i == 0);
            }
            unbound(namespace, "c9", draw.one("immediate", "later"));
            unbound(namespace, "c10", draw.one("zoned", "later"));
        }
        for (Node node : nodes) {
            if (draw.chance(30)) {
                attachment(node.getMetadata().getName(), draw.oneOf(volumes));
            }
        }
        return objects;
    }

    private void storageClass(String name, String mode, List<String> zones) {
        Map<String, Object> text =
                map("metadata", map("name", prefix + "-" + name), "provisioner", "fast.csi", "volumeBindingMode", mode);
        if (!zones.isEmpty()) {
            Map<String, Object> expression = map("key", "topology.kubernetes.io/zone", "values", zones);
            text.put("allowedTopologies", List.of(map("matchLabelExpressions", List.of(expression))));
        }
        objects.add(Draw.object(StorageClass.class, text));
    }

    private void bound(String namespace, String claim, boolean exclusive) {
        String volume = namespace + "-" + claim;
        String mode = exclusive ? "ReadWriteOncePod" : "ReadWriteMany";
        Map<String, Object> spec = map(
                "capacity", map("storage", "1Gi"),
                "accessModes", List.of(mode),
                "csi", map("driver", draw.one("fast.csi", "slow.csi", "fast.csi"), "volumeHandle", volume));
        if (draw.chance(40)) {
            spec.put(
                    "nodeAffinity",
                    map(
                            "required",
                            map(
                                    "nodeSelectorTerms",
                                    List.of(map(
                                            "matchExpressions",
                                            List.of(draw.one(
                                                    map(
                                                            "key",
                                                            "rack",
                                                            "operator",
                                                            "In",
                                                            "values",
                                                            draw.some("r1", "r2", "r3")),
                                                    map("key", "disk", "operator", "NotIn", "values", List.of("hdd")),
                                                    map(
                                                            "key",
                                                            "generation",
                                                            "operator",
                                                            "Gt",
                                                            "values",
                                                            List.of("2")))))))));
        }
        Map<String, Object> labels = map();
        if (draw.chance(30)) {
            labels.put(
                    draw.one("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"),
                    draw.one("a", "b", "a__b", "c"));
        }
        objects.add(Draw.object(
                PersistentVolume.class, map("metadata", map("name", volume, "labels", labels), "spec", spec)));
        volumes.add(volume);
        Map<String, Object> annotations = draw.chance(95) ? map("pv.kubernetes.io/bind-completed", "yes") : map();
        objects.add(claim(
                map("namespace", namespace, "name", claim, "annotations", annotations),
                map("volumeName", volume, "accessModes", List.of(mode), "storageClassName", "")));
    }

    private void unbound(String namespace, String claim, String storageClass) {
        objects.add(claim(
                map("namespace", namespace, "name", claim),
                map("accessModes", List.of("ReadWriteOnce"), "storageClassName", prefix + "-" + storageClass)));
    }

    private static PersistentVolumeClaim claim(Map<String, Object> metadata, Map<String, Object> spec) {
        spec.put("resources", map("requests", map("storage", "1Gi")));
        return Draw.object(PersistentVolumeClaim.class, map("metadata", metadata, "spec", spec));
    }

    private void attachment(String node, String volume) {
        objects.add(Draw.object(
                VolumeAttachment.class,
                map(
                        "metadata",
                        map("name", "at-" + node),
                        "spec",
                        map("attacher", "fast.csi", "nodeName", node, "source", map("persistentVolumeName", volume)))));
    }
}
