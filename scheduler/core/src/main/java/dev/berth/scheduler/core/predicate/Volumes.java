package dev.berth.scheduler.core.predicate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod's volumes ask of a node, read from claims, volumes and storage classes as they are now; to be read again when
 * one of them changes.
 *
 * @param unready claims without which the pod can be on no node yet, with why
 * @param claims all claims that the pod names, as NAMESPACE/NAME
 * @param exclusive those of them that one pod alone may use (ReadWriteOncePod)
 * @param attached volumes to be attached by a driver: unique name of the volume to name of the driver
 * @param places where each volume can be reached from
 * @param disks disks named by the pod itself
 */
public record Volumes(
        Map<String, String> unready,
        Set<String> claims,
        Set<String> exclusive,
        Map<String, String> attached,
        List<Place> places,
        List<Disk> disks) {
    public static final Volumes NONE = new Volumes(Map.of(), Set.of(), Set.of(), Map.of(), List.of(), List.of());

    public Volumes {
        unready = Map.copyOf(unready);
        claims = Set.copyOf(claims);
        exclusive = Set.copyOf(exclusive);
        attached = Map.copyOf(attached);
        places = List.copyOf(places);
        disks = List.copyOf(disks);
    }

    /**
     * Nodes that reach a volume.
     *
     * @param terms alternatives of which one must match the node; empty for all nodes
     * @param zones labels of which a node must carry one of the values, if it carries any label of a zone or region at all
     */
    public record Place(String volume, Optional<List<NodeTerm>> terms, Map<String, Set<String>> zones) {
        public Place {
            terms = terms.map(List::copyOf);
            zones = Map.copyOf(zones);
        }
    }

    /** A disk that two pods of one node may share only when both only read. */
    public record Disk(String name, boolean readOnly) {}
}
