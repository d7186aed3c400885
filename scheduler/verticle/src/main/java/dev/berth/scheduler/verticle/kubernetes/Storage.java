package dev.berth.scheduler.verticle.kubernetes;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known of volumes. The maps may be views that change.
 *
 * @param claims by NAMESPACE/NAME
 * @param volumes by name
 * @param classes by name
 * @param drivers by name of the node
 * @param attachments all of them
 */
public record Storage(
        Map<String, PersistentVolumeClaim> claims,
        Map<String, PersistentVolume> volumes,
        Map<String, StorageClass> classes,
        Map<String, CSINode> drivers,
        Collection<VolumeAttachment> attachments) {
    public static final Storage NONE = new Storage(Map.of(), Map.of(), Map.of(), Map.of(), List.of());
}
