package dev.berth.scheduler.core.predicate;

import java.util.Optional;

/**
 * Which taints a pod bears.
 *
 * @param key empty for any
 * @param anyValue whether the value does not matter
 * @param effect empty for any
 */
public record Toleration(String key, boolean anyValue, String value, Optional<Taint.Effect> effect) {
    boolean tolerates(Taint taint) {
        return (effect.isEmpty() || effect.get() == taint.effect())
                && (key.isEmpty() || key.equals(taint.key()))
                && (anyValue || value.equals(taint.value()));
    }

    static boolean any(Iterable<Toleration> tolerations, Taint taint) {
        for (Toleration toleration : tolerations) {
            if (toleration.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }

    /** The first taint of the node that keeps a pod with these tolerations away. */
    static Optional<Taint> untolerated(Iterable<Toleration> tolerations, NodeFacts node) {
        for (Taint taint : node.taints()) {
            if (taint.keepsAway() && !any(tolerations, taint)) {
                return Optional.of(taint);
            }
        }
        return Optional.empty();
    }
}
