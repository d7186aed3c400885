package dev.berth.k8s.binder;

import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From what exists to the next step: devices, then claims, then volumes, then the binding, which is last because nothing
 * takes it back. Asked again after each step.
 */
final class NextStep {
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    static final String VISIBLE_DEVICES = "NVIDIA_VISIBLE_DEVICES";
    /** Config maps of other names are not ours to write. */
    static final String CONFIG_PREFIX = "berth-gpu-";

    private final BindRequest.Spec wanted;
    private final Facts facts;

    private NextStep(BindRequest.Spec wanted, Facts facts) {
        this.wanted = wanted;
        this.facts = facts;
    }

    static Step of(BindRequest request, Facts facts) {
        NextStep next = new NextStep(request.getSpec(), facts);
        Pod pod = facts.pod();
        if (pod == null || !request.getSpec().podUid.equals(pod.getMetadata().getUid())) {
            return new Step.GiveUp("PodGone", "The pod is not there any more.");
        }
        String node = pod.getSpec().getNodeName();
        if (node != null && !node.isEmpty()) {
            return node.equals(request.getSpec().node)
                    ? new Step.Bound()
                    : new Step.GiveUp("BoundElsewhere", "The pod is bound to node " + node + ".");
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Step.GiveUp("PodGone", "The pod is being deleted.");
        }
        return next.devices(pod).or(next::claims).or(next::volumes).orElseGet(() -> new Step.Bind(next.annotations()));
    }

    private Optional<Step> devices(Pod pod) {
        if (wanted.devices.isEmpty()) {
            return Optional.empty();
        }
        if (!wanted.migProfile.isEmpty()) {
            return give(
                    "MigUnsupported",
                    "Slices are not cut on demand; ask for nvidia.com/mig-" + wanted.migProfile + ".");
        }
        Map<String, String> annotations =
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        String configMap = annotations.getOrDefault(Labels.GPU_CONFIG_MAP, "");
        if (!configMap.startsWith(CONFIG_PREFIX)) {
            return give("NotAdmitted", "The pod was made past Berth's admission, so it could not see its device.");
        }
        return reserve().or(() -> configure(configMap, pod.getMetadata().getUid()));
    }

    private Optional<Step> reserve() {
        for (Slot slot : Slot.of(wanted.node, wanted.devices)) {
            Reservation held = facts.reservations().get(slot);
            if (held == null) {
                return Optional.of(new Step.Reserve(slot));
            }
            if (held.leaving()) {
                return await("DeviceLeaving", slot + " is being released; it will be held anew.");
            }
            if (!held.lost().isEmpty()) {
                return Optional.of(new Step.Discard(slot));
            }
            if (held.uuid().isEmpty()) {
                return await("DeviceUnknown", "The node has not told which device " + slot + " is.");
            }
        }
        return Optional.empty();
    }

    private Optional<Step> configure(String name, String podUid) {
        ConfigMap there = facts.configMap();
        if (there != null && !ownedBy(there, podUid)) {
            return give("ConfigMapTaken", "Config map " + name + " belongs to somebody else.");
        }
        String uuids = uuids();
        boolean told = there != null
                && there.getData() != null
                && uuids.equals(there.getData().get(VISIBLE_DEVICES));
        return told ? Optional.empty() : Optional.of(new Step.Configure(name, uuids));
    }

    private static boolean ownedBy(ConfigMap map, String podUid) {
        return map.getMetadata().getOwnerReferences().stream().anyMatch(owner -> podUid.equals(owner.getUid()));
    }

    private Optional<Step> claims() {
        for (String name : wanted.claims) {
            ResourceClaim claim = facts.claims().get(name);
            if (claim == null) {
                return await("ClaimMissing", "Resource claim " + name + " is not there.");
            }
            if (claim.getStatus() == null || claim.getStatus().getAllocation() == null) {
                return await("ClaimNotAllocated", "Resource claim " + name + " has no device yet.");
            }
            boolean reserved = claim.getStatus().getReservedFor().stream()
                    .anyMatch(consumer -> wanted.podUid.equals(consumer.getUid()));
            if (!reserved) {
                return Optional.of(new Step.ReserveClaim(name));
            }
        }
        return Optional.empty();
    }

    private Optional<Step> volumes() {
        for (String name : wanted.volumes) {
            PersistentVolumeClaim claim = facts.volumes().get(name);
            if (claim == null) {
                return await("VolumeMissing", "Persistent volume claim " + name + " is not there.");
            }
            String phase = claim.getStatus() == null ? null : claim.getStatus().getPhase();
            if ("Lost".equals(phase)) {
                return give("VolumeLost", "The volume of claim " + name + " is lost.");
            }
            if (!"Bound".equals(phase)) {
                return Optional.of(unbound(name, claim));
            }
        }
        return Optional.empty();
    }

    private Step unbound(String name, PersistentVolumeClaim claim) {
        String selected = selectedNode(claim);
        if (selected == null && facts.late().getOrDefault(name, false)) {
            return new Step.SelectNode(name);
        }
        if (selected != null && !selected.equals(wanted.node)) {
            return new Step.Failure("VolumeElsewhere", "Claim " + name + " is being made for node " + selected + ".");
        }
        return new Step.Await("VolumeNotBound", "Persistent volume claim " + name + " has no volume yet.");
    }

    private static @Nullable String selectedNode(PersistentVolumeClaim claim) {
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(SELECTED_NODE);
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        if (!wanted.devices.isEmpty()) {
            List<String> indices = wanted.devices.stream().map(String::valueOf).toList();
            annotations.put(Labels.ASSIGNED_GPUS, String.join(",", indices));
            annotations.put(Labels.ASSIGNED_GPU_MILLI, Integer.toString(wanted.milliPerDevice));
            annotations.put(Labels.ASSIGNED_GPU_UUIDS, uuids());
        }
        return annotations;
    }

    private String uuids() {
        return Slot.of(wanted.node, wanted.devices).stream()
                .map(slot ->
                        Objects.requireNonNull(facts.reservations().get(slot)).uuid())
                .collect(Collectors.joining(","));
    }

    private static Optional<Step> await(String reason, String message) {
        return Optional.of(new Step.Await(reason, message));
    }

    private static Optional<Step> give(String reason, String message) {
        return Optional.of(new Step.GiveUp(reason, message));
    }
}
