package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.scheduler.core.predicate.NodeTerm;
import dev.berth.scheduler.core.predicate.Requirement;
import dev.berth.scheduler.core.predicate.Volumes;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the volumes of one pod ask of a node. A claim that is to be provisioned where its pod goes asks for a node of the
 * class' topology; one that would have to choose among volumes made beforehand counts as not ready, which is more careful
 * than Kubernetes. Volumes of drivers that moved out of Kubernetes' tree are not counted against limits.
 */
final class VolumesReading {
    private static final String BOUND = "pv.kubernetes.io/bind-completed";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
    private static final List<String> ZONES = List.of(
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region");

    private final Pod pod;
    private final Storage storage;
    private final Map<String, String> unready = new HashMap<>();
    private final Set<String> claims = new HashSet<>();
    private final Set<String> exclusive = new HashSet<>();
    private final Map<String, String> attached = new HashMap<>();
    private final List<Volumes.Place> places = new ArrayList<>();
    private final List<Volumes.Disk> disks = new ArrayList<>();

    VolumesReading(Pod pod, Storage storage) {
        this.pod = pod;
        this.storage = storage;
    }

    Volumes read() {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() != null) {
                String claim = key(volume.getPersistentVolumeClaim().getClaimName());
                claims.add(claim);
                claim(claim, false);
            } else if (volume.getEphemeral() != null) {
                claim(key(pod.getMetadata().getName() + "-" + volume.getName()), true);
            } else {
                disk(volume);
            }
        }
        return claims.isEmpty() && unready.isEmpty() && attached.isEmpty() && places.isEmpty() && disks.isEmpty()
                ? Volumes.NONE
                : new Volumes(unready, claims, exclusive, attached, places, disks);
    }

    private String key(String claim) {
        return PodFactsReading.namespace(pod) + "/" + claim;
    }

    private void claim(String key, boolean ephemeral) {
        PersistentVolumeClaim claim = storage.claims().get(key);
        if (claim == null) {
            unready.put(key, "does not exist");
            return;
        }
        if (ephemeral && !isOwn(claim)) {
            unready.put(key, "belongs to another pod");
        }
        if (!ephemeral && claim.getSpec().getAccessModes().contains("ReadWriteOncePod")) {
            exclusive.add(key);
        }
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            unready.put(key, "is being deleted");
        } else if (claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())) {
            unready.put(key, "lost its volume");
        }
        String volume = NodeFactsReading.orEmpty(claim.getSpec().getVolumeName());
        if (volume.isEmpty()) {
            unbound(key, claim);
        } else if (annotation(claim, BOUND).isPresent()) {
            bound(key, volume);
        } else {
            unready.put(key, "is not bound yet");
        }
        attach(key, claim, Optional.ofNullable(storage.volumes().get(volume)));
    }

    private boolean isOwn(PersistentVolumeClaim claim) {
        return claim.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                        && owner.getUid().equals(pod.getMetadata().getUid()));
    }

    private static Optional<String> annotation(PersistentVolumeClaim claim, String name) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get(name));
    }

    private void bound(String key, String name) {
        PersistentVolume volume = storage.volumes().get(name);
        if (volume == null) {
            unready.put(key, "is bound to a volume that does not exist");
            return;
        }
        Optional<List<NodeTerm>> terms = Optional.ofNullable(volume.getSpec().getNodeAffinity())
                .map(affinity -> affinity.getRequired())
                .map(required -> Selectors.terms(required.getNodeSelectorTerms()));
        places.add(new Volumes.Place(name, terms, zones(volume)));
    }

    private static Map<String, Set<String>> zones(PersistentVolume volume) {
        Map<String, Set<String>> zones = new HashMap<>();
        Map<String, String> labels = volume.getMetadata().getLabels();
        for (String label : ZONES) {
            String value = labels == null ? null : labels.get(label);
            Set<String> values = value == null ? Set.of() : Set.copyOf(List.of(value.split("__", -1)));
            if (!values.isEmpty() && values.stream().noneMatch(String::isBlank)) {
                zones.put(label, values);
            }
        }
        return zones;
    }

    private void unbound(String key, PersistentVolumeClaim claim) {
        Optional<StorageClass> storageClass = storageClass(claim);
        boolean waits = storageClass
                .map(one -> "WaitForFirstConsumer".equals(one.getVolumeBindingMode()))
                .orElse(false);
        if (!waits) {
            unready.put(key, "is not bound yet");
            return;
        }
        StorageClass chosen = storageClass.orElseThrow();
        if (NO_PROVISIONER.equals(chosen.getProvisioner())) {
            unready.put(key, "is to be bound to a volume made beforehand");
            return;
        }
        Optional<List<NodeTerm>> topology = Optional.ofNullable(chosen.getAllowedTopologies())
                .filter(terms -> !terms.isEmpty())
                .map(terms -> terms.stream().map(VolumesReading::term).toList());
        places.add(new Volumes.Place(key, topology, Map.of()));
        annotation(claim, SELECTED_NODE).ifPresent(node -> {
            NodeTerm there = new NodeTerm(List.of(), List.of(Requirement.is("metadata.name", node)));
            places.add(new Volumes.Place(key, Optional.of(List.of(there)), Map.of()));
        });
    }

    private static NodeTerm term(TopologySelectorTerm term) {
        List<Requirement> all = term.getMatchLabelExpressions().stream()
                .map(one -> new Requirement(one.getKey(), Requirement.Operator.IN, Set.copyOf(one.getValues())))
                .toList();
        return new NodeTerm(all, List.of());
    }

    private Optional<StorageClass> storageClass(PersistentVolumeClaim claim) {
        String name = annotation(claim, "volume.beta.kubernetes.io/storage-class")
                .orElse(NodeFactsReading.orEmpty(claim.getSpec().getStorageClassName()));
        return Optional.ofNullable(storage.classes().get(name));
    }

    private void attach(String key, PersistentVolumeClaim claim, Optional<PersistentVolume> volume) {
        if (volume.isEmpty()) {
            storageClass(claim)
                    .map(StorageClass::getProvisioner)
                    .filter(driver -> !driver.startsWith("kubernetes.io/"))
                    .ifPresent(driver -> attached.put(driver + "/unbound " + key, driver));
            return;
        }
        Optional.ofNullable(volume.get().getSpec().getCsi())
                .ifPresent(csi -> attached.put(csi.getDriver() + "/" + csi.getVolumeHandle(), csi.getDriver()));
    }

    /** The kinds of disks of which Kubernetes lets two pods of a node share only what both just read. */
    private void disk(Volume volume) {
        if (volume.getGcePersistentDisk() != null) {
            boolean reads = Boolean.TRUE.equals(volume.getGcePersistentDisk().getReadOnly());
            add("gce", volume.getGcePersistentDisk().getPdName(), reads);
        } else if (volume.getAwsElasticBlockStore() != null) {
            add("aws", volume.getAwsElasticBlockStore().getVolumeID(), false);
        } else if (volume.getIscsi() != null) {
            boolean reads = Boolean.TRUE.equals(volume.getIscsi().getReadOnly());
            add("iscsi", volume.getIscsi().getIqn(), reads);
        } else if (volume.getRbd() != null) {
            boolean reads = Boolean.TRUE.equals(volume.getRbd().getReadOnly());
            String image = volume.getRbd().getPool() + "/" + volume.getRbd().getImage();
            volume.getRbd().getMonitors().forEach(monitor -> add("rbd", monitor + "/" + image, reads));
        }
    }

    private void add(String kind, String name, boolean readOnly) {
        disks.add(new Volumes.Disk(kind + " " + name, readOnly));
    }
}
