package dev.berth.scheduler.core;

import org.jspecify.annotations.Nullable;

/**
 * One pod that is not over.
 *
 * @param id unique in the cluster, such as namespace/name
 * @param group id of its group; "" for a pod of another scheduler, which only takes room
 * @param order place in the group; lower starts first, then by id
 * @param podSet name of its pod set in the group
 * @param spot where it is; null exactly while it is pending
 */
public record Task(
        String id,
        String group,
        int order,
        String podSet,
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

    public Task(String id, String group, int order, Request request, State state, @Nullable Spot spot) {
        this(id, group, order, PodSet.DEFAULT, request, state, spot);
    }

    public static Task pending(String id, String group, int order, Request request) {
        return new Task(id, group, order, request, State.PENDING, null);
    }

    /** The same task with another request. */
    public Task asking(Request other) {
        return new Task(id, group, order, podSet, other, state, spot);
    }

    /** The same task, placed. */
    public Task running(Spot on) {
        return new Task(id, group, order, podSet, request, State.RUNNING, on);
    }

    /** The same task, leaving. */
    public Task releasing() {
        return new Task(id, group, order, podSet, request, State.RELEASING, spot);
    }
}
