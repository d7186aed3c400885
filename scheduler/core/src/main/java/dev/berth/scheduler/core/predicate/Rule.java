package dev.berth.scheduler.core.predicate;

import java.util.Optional;

/** One predicate, made for pods of one kind. */
interface Rule {
    /** Why the node may not hold the pod, if it may not. */
    Optional<Verdict.Refused> refusal(int node);

    /** The same without a reason; asked far more often. */
    default boolean admits(int node) {
        return refusal(node).isEmpty();
    }
}
