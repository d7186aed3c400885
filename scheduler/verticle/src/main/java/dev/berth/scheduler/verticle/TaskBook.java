package dev.berth.scheduler.verticle;

import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final ReservedDevices reserved;
    private final Requests requests;
    private final Map<String, Long> assumedAt = new HashMap<>();
    private final Map<String, BindNeeds> needs = new HashMap<>();
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> sharing = new HashSet<>();
    private final Set<String> evicted = new HashSet<>();

    TaskBook(Vertx vertx, ClusterState state, Finished finished, Requests requests, Runnable changed) {
        this.state = state;
        this.finished = finished;
        this.changed = changed;
        this.requests = requests;
        this.reserved = new ReservedDevices(state);
        this.heldBack = new HeldBack(vertx, this::put);
        requests.tell(new Requests.Listener() {
            @Override
            public void asked(String task, String podUid, Spot spot) {
                BindNeeds known = needs.get(task);
                Task waits = state.task(task);
                if (known != null && known.uid().equals(podUid) && waits != null) {
                    placed(waits, spot);
                }
            }

            @Override
            public void failed(Statement.Bind bind, String why) {
                refused(bind, why);
            }
        });
    }

    /** All pods that there are. */
    void reset(List<Pod> pods) {
        Set<String> gone = finished.pods();
        gone.addAll(tasks);
        gone.addAll(reserved.pods());
        pods.forEach(pod -> gone.remove(PodReading.id(pod)));
        gone.forEach(this::remove);
        pods.forEach(this::tell);
    }

    void tell(Pod pod) {
        String id = PodReading.id(pod);
        if (ReservedDevices.isReservation(pod)) {
            reserved.tell(id, pod);
            changed.run();
            return;
        }
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
            needs.remove(id);
            heldBack.forget(id);
            put(task.state() == Task.State.RUNNING && evicted.contains(id) ? task.releasing() : task);
            return;
        }
        BindNeeds needed = needed(id, pod, task);
        Optional<Spot> asked = needed == null ? Optional.empty() : requests.open(id, needed.uid());
        if (asked.isPresent()) {
            placed(task, asked.get());
        } else if (!heldBack.has(id) && (known == null || known.state() == Task.State.PENDING)) {
            put(task);
        }
    }

    /** What must be done for the pod before it is bound; null for most, which are bound at once. */
    private @Nullable BindNeeds needed(String id, Pod pod, Task task) {
        boolean shares = sharesDevices(task);
        if (!shares
                && pod.getSpec().getVolumes().isEmpty()
                && pod.getSpec().getResourceClaims().isEmpty()) {
            return null;
        }
        BindNeeds needed =
                BindNeeds.of(pod, task.request().gpu().match(whole -> 0L, fraction -> 0L, memory -> memory.mib()));
        if (!shares && needed.none()) {
            return null;
        }
        needs.put(id, needed);
        return needed;
    }

    private static boolean sharesDevices(Task task) {
        return task.request().gpu().match(whole -> false, fraction -> true, memory -> true);
    }

    /** The binder has the decision, ours or that of a leader before us: it counts. */
    private void placed(Task task, Spot spot) {
        heldBack.forget(task.id());
        assumedAt.putIfAbsent(task.id(), 0L);
        if (task.state() == Task.State.PENDING) {
            put(task.running(spot));
        }
    }

    @Nullable
    BindNeeds needs(String task) {
        return needs.get(task);
    }

    void remove(String id) {
        if (reserved.remove(id)) {
            changed.run();
            return;
        }
        finished.remove(id);
        drop(id);
    }

    private void drop(String id) {
        assumedAt.remove(id);
        needs.remove(id);
        sharing.remove(id);
        evicted.remove(id);
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

    /** The task counts as leaving from now on, so that the next cycle evicts nobody else for the same room. */
    void leaves(Statement.Evict evict) {
        Task task = state.task(evict.task());
        if (task != null && task.state() == Task.State.RUNNING) {
            evicted.add(task.id());
            put(task.releasing());
        }
    }

    /** The cluster would not evict it, for the sake of a disruption budget or for want of a right: it stays. */
    void stays(Statement.Evict evict) {
        Task task = state.task(evict.task());
        Spot spot = task == null ? null : task.spot();
        if (evicted.remove(evict.task()) && task != null && spot != null) {
            put(Task.pending(task.id(), task.group(), task.order(), task.request())
                    .running(spot));
        }
    }

    /** The cluster said no: the task waits again, after a pause, and its room is free at once. */
    void refused(Statement.Bind bind, String why) {
        Task task = state.task(bind.task());
        if (assumedAt.remove(bind.task()) != null && task != null) {
            state.removeTask(bind.task());
            heldBack.hold(Task.pending(task.id(), task.group(), task.order(), task.request()), why);
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

    /** Puts reserved devices into the state as they count now; before each picture of it. */
    void settle() {
        reserved.settle(
                sharing.stream().map(state::task).filter(Objects::nonNull).toList());
    }

    /** For each group of which a task was not bound: the last sentence about it. */
    Map<String, String> failures() {
        return heldBack.reasons();
    }

    int assumptions() {
        return assumedAt.size();
    }

    void close() {
        heldBack.clear();
        assumedAt.clear();
        evicted.clear();
    }

    private void put(Task task) {
        Task before = state.task(task.id());
        if (!task.equals(before)) {
            state.put(task);
            tasks.add(task.id());
            if (sharesDevices(task)) {
                sharing.add(task.id());
            }
            changed.run();
        }
    }
}
