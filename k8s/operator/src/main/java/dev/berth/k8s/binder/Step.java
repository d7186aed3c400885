package dev.berth.k8s.binder;

import java.util.Map;
import java.util.function.Function;

/** The one thing to do next for a request. */
sealed interface Step {
    /** Calls the function of this case; a new case breaks every caller at compile time. */
    <T> T match(Function<Do, T> act, Function<Await, T> await, Function<End, T> end);

    /** Something to write; afterwards it is looked again. */
    sealed interface Do extends Step {
        @Override
        default <T> T match(Function<Do, T> act, Function<Await, T> await, Function<End, T> end) {
            return act.apply(this);
        }
    }

    /** Have the kubelet hold a device. */
    record Reserve(Slot slot) implements Do {}

    /** Take away a reservation that got no device, so that the next attempt may make it anew. */
    record Discard(Slot slot) implements Do {}

    /** Tell the pod its devices. */
    record Configure(String configMap, String uuids) implements Do {}

    /** Have the volume made where the pod will be. */
    record SelectNode(String volume) implements Do {}

    /** Enter the pod among those for whom the claim is reserved. */
    record ReserveClaim(String claim) implements Do {}

    /** Bind, with these annotations. */
    record Bind(Map<String, String> annotations) implements Do {}

    /** Somebody else has to do something first; {@code reason} is told when that takes too long. */
    record Await(String reason, String message) implements Step {
        @Override
        public <T> T match(Function<Do, T> act, Function<Await, T> await, Function<End, T> end) {
            return await.apply(this);
        }
    }

    /** Nothing is left to do. */
    sealed interface End extends Step {
        @Override
        default <T> T match(Function<Do, T> act, Function<Await, T> await, Function<End, T> end) {
            return end.apply(this);
        }
    }

    /** The pod is bound as decided. */
    record Bound() implements End {}

    /** This attempt failed; another may succeed. */
    record Failure(String reason, String message) implements End {}

    /** No attempt can succeed. */
    record GiveUp(String reason, String message) implements End {}
}
