package dev.berth.scheduler.verticle;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a waiting pod needs done before it can be bound, beyond a place.
 *
 * @param memoryMib of each shared device, where it asked by memory; else 0
 * @param volumes persistent volume claims that it mounts
 * @param claims resource claims that it uses
 */
record BindNeeds(String uid, long memoryMib, List<String> volumes, List<String> claims) {
    private static final int MOST = 64;

    BindNeeds {
        volumes = List.copyOf(volumes);
        claims = List.copyOf(claims);
    }

    static BindNeeds of(Pod pod, long memoryMib) {
        List<String> volumes = new ArrayList<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getPersistentVolumeClaim() != null) {
                volumes.add(volume.getPersistentVolumeClaim().getClaimName());
            } else if (volume.getEphemeral() != null) {
                volumes.add(pod.getMetadata().getName() + "-" + volume.getName());
            }
        }
        String uid = pod.getMetadata().getUid();
        return new BindNeeds(
                uid == null ? "" : uid, memoryMib, volumes.stream().limit(MOST).toList(), claims(pod));
    }

    /** Claims made from a template have names that only the pod's status tells. */
    private static List<String> claims(Pod pod) {
        Map<String, String> names = new TreeMap<>();
        for (PodResourceClaim claim : pod.getSpec().getResourceClaims()) {
            if (claim.getResourceClaimName() != null) {
                names.put(claim.getName(), claim.getResourceClaimName());
            }
        }
        if (pod.getStatus() != null) {
            pod.getStatus().getResourceClaimStatuses().forEach(made -> {
                if (made.getResourceClaimName() != null) {
                    names.put(made.getName(), made.getResourceClaimName());
                }
            });
        }
        return names.values().stream().limit(MOST).toList();
    }

    boolean none() {
        return volumes.isEmpty() && claims.isEmpty();
    }
}
