package dev.berth.scheduler.core;

import org.jspecify.annotations.Nullable;

/**
 * One pod that is not over.
 *
 * @param id unique in the cluster, such as namespace/name
 * @param group id of its group; "" for a pod of another scheduler, which only takes room
 * @param order place in the group; lower starts first, then by id
 * @param spot where it is; null exactly while it is pending
 */
public record Task(
        String id,
        String group,
        int order,
        Request request,
        State state,
        @Nullable Spot spot) {
    /** What a task does to the capacity. */
    public enum State {
        PENDING,
        /** Bound, starting or running. */
        RUNNING,
        /** On its way out; holds its room until it is gone. */
        RELEASING
    }

    public Task {
        if ((state == State.PENDING) != (spot == null)) {
            throw new IllegalArgumentException("Expected a spot exactly when the task is placed, but " + id + " is "
                    + state + " with " + spot + ".");
        }
    }

    public static Task pending(String id, String group, int order, Request request) {
        return new Task(id, group, order, request, State.PENDING, null);
    }

    /** The same task, placed. */
    public Task running(Spot on) {
        return new Task(id, group, order, request, State.RUNNING, on);
    }

    /** The same task, leaving. */
    public Task releasing() {
        return new Task(id, group, order, request, State.RELEASING, spot);
    }
}
