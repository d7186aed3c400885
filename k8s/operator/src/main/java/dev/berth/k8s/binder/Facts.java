package dev.berth.k8s.binder;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What exists around one request.
 *
 * @param pod the pod of the request's name, if any
 * @param reservations of the slots that the request names
 * @param configMap the one that the pod names, if it is there
 * @param volumes claims that are there, by name
 * @param late whether the storage class of a claim, by the claim's name, waits for a node
 * @param claims that are there, by name
 */
record Facts(
        @Nullable Pod pod,
        Map<Slot, Reservation> reservations,
        @Nullable ConfigMap configMap,
        Map<String, PersistentVolumeClaim> volumes,
        Map<String, Boolean> late,
        Map<String, ResourceClaim> claims) {}
