package dev.berth.scheduler.verticle;

import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tasks of the state, as pods tell them and as we assume them. A binding that was decided counts from that moment;
 * the cluster's word replaces the assumption when it comes, and nothing else does: neither an old word that the pod is
 * still pending, nor an answer that got lost.
 */
final class TaskBook {
    private final ClusterState state;
    private final Runnable changed;
    private final HeldBack heldBack;
    private final Finished finished;
    private final Map<String, Long> assumedAt = new HashMap<>();
    private final Set<String> tasks = new HashSet<>();

    TaskBook(Vertx vertx, ClusterState state, Finished finished, Runnable changed) {
        this.state = state;
        this.finished = finished;
        this.changed = changed;
        this.heldBack = new HeldBack(vertx, this::put);
    }

    /** All pods that there are. */
    void reset(List<Pod> pods) {
        Set<String> gone = finished.pods();
        gone.addAll(tasks);
        pods.forEach(pod -> gone.remove(PodReading.id(pod)));
        gone.forEach(this::remove);
        pods.forEach(this::tell);
    }

    void tell(Pod pod) {
        String id = PodReading.id(pod);
        Task known = state.task(id);
        Optional<Task> told = PodReading.task(pod, known);
        if (PodReading.succeeded(pod)) {
            finished.add(id, PodReading.group(pod));
        } else {
            finished.remove(id);
        }
        if (told.isEmpty()) {
            drop(id);
            return;
        }
        Task task = told.get();
        if (task.state() != Task.State.PENDING) {
            assumedAt.remove(id);
            heldBack.forget(id);
            put(task);
        } else if (!heldBack.has(id) && (known == null || known.state() == Task.State.PENDING)) {
            put(task);
        }
    }

    void remove(String id) {
        finished.remove(id);
        drop(id);
    }

    private void drop(String id) {
        assumedAt.remove(id);
        heldBack.forget(id);
        if (tasks.remove(id)) {
            state.removeTask(id);
            changed.run();
        }
    }

    void assume(Statement.Bind bind, long nowNanos) {
        state.assume(bind);
        assumedAt.put(bind.task(), nowNanos);
    }

    /** The cluster said no: the task waits again, after a pause, and its room is free at once. */
    void refused(Statement.Bind bind) {
        Task task = state.task(bind.task());
        if (assumedAt.remove(bind.task()) != null && task != null) {
            state.removeTask(bind.task());
            heldBack.hold(Task.pending(task.id(), task.group(), task.order(), task.request()));
            changed.run();
        }
    }

    /** The cluster, asked for it, told that the pod is not bound: as if the binding had been refused. */
    void notBound(Pod pod) {
        String id = PodReading.id(pod);
        Task task = state.task(id);
        if (task != null && assumedAt.remove(id) != null) {
            put(Task.pending(id, task.group(), task.order(), task.request()));
        }
    }

    boolean assumed(String task) {
        return assumedAt.containsKey(task);
    }

    /** Tasks that were assumed before the moment and of which the cluster has not told since; asked for again later. */
    List<String> overdue(long beforeNanos, long nowNanos) {
        List<String> overdue = new ArrayList<>();
        assumedAt.forEach((task, at) -> {
            if (at - beforeNanos < 0) {
                overdue.add(task);
            }
        });
        overdue.forEach(task -> assumedAt.put(task, nowNanos));
        return overdue;
    }

    int assumptions() {
        return assumedAt.size();
    }

    void close() {
        heldBack.clear();
        assumedAt.clear();
    }

    private void put(Task task) {
        Task before = state.task(task.id());
        if (!task.equals(before)) {
            state.put(task);
            tasks.add(task.id());
            changed.run();
        }
    }
}
