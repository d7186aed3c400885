package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.client.ForeignKind;
import java.util.Map;
import java.util.Optional;

/** What a decision needs to know beside the pod and its owners. */
public interface Surroundings {
    /** The adapter in use for the kind. */
    Optional<Adapter> adapter(ForeignKind kind);

    boolean projectExists(String name);

    boolean poolExists(String name);

    /** The project that the namespace belongs to; empty: none. */
    String projectOf(String namespace);

    /** How far the pods of an owner are, as they were last told. */
    Map<PodPlace, RoleCount> counts(String ownerUid);
}
