package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.scheduler.core.Statement;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Carries out what a cycle decided, so many statements at a time. Counts a binding as done before it is asked for, and
 * asks for nothing once leadership is lost. A failure is no more than input of a later cycle.
 */
final class StatementExecutor {
    private static final int GRACE_SECONDS = 30;
    private static final int WHOLE_MILLI = 1_000;

    private final Cluster cluster;
    private final TaskBook tasks;
    private final BooleanSupplier mayWrite;
    private final Limits limits;
    private final SchedulerMeters meters;
    private final Requests requests;
    private final Predicate<String> reserves;
    private final Deque<Statement> waiting = new ArrayDeque<>();
    private Promise<Void> whenDrained = Promise.promise();
    private final Set<String> unanswered = new HashSet<>();
    private int underWay;
    private boolean draining;

    StatementExecutor(
            Cluster cluster,
            TaskBook tasks,
            BooleanSupplier mayWrite,
            Limits limits,
            SchedulerMeters meters,
            Slow slow) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.mayWrite = mayWrite;
        this.limits = limits;
        this.meters = meters;
        this.requests = slow.requests();
        this.reserves = slow.reserves();
    }

    /** The way of those that are not bound at once, and on which nodes a part of a device must be reserved. */
    record Slow(Requests requests, Predicate<String> reserves) {}

    /** How many statements are under way at a time, and how long an assumption stands without a word of the cluster. */
    record Limits(int concurrency, long assumeNanos) {}

    /** Takes the statements of one cycle; the next cycle must wait until {@link #drained}. */
    void execute(Iterable<Statement> statements, long nowNanos) {
        for (Statement statement : statements) {
            boolean wanted = statement.match(
                    bind -> {
                        tasks.assume(bind, nowNanos);
                        return true;
                    },
                    pipeline -> false,
                    evict -> {
                        tasks.leaves(evict);
                        return true;
                    });
            if (wanted) {
                waiting.add(statement);
                unanswered.add(statement.task());
            }
        }
        drain();
    }

    /** Completes when all that was decided so far was at least asked for: the next cycle must wait for it. */
    Future<Void> drained() {
        return waiting.isEmpty() ? Future.succeededFuture() : whenDrained.future();
    }

    /** Takes away requests to the binder that are over. */
    void collect() {
        if (mayWrite.getAsBoolean()) {
            requests.collect(tasks::assumed);
        }
    }

    /** Asks the cluster for pods whose binding it has not told of for too long. */
    void lookUpOverdue(long nowNanos) {
        for (String task : tasks.overdue(nowNanos - limits.assumeNanos(), nowNanos)) {
            if (!unanswered.contains(task) && !requests.isOpen(task)) {
                cluster.get(Pod.class, key(task)).onSuccess(pod -> told(task, pod));
            }
        }
    }

    private void told(String task, Optional<Pod> pod) {
        if (pod.isEmpty()) {
            tasks.remove(task);
        } else if (unbound(pod.get())) {
            tasks.notBound(pod.get());
        } else {
            tasks.tell(pod.get());
        }
    }

    private static boolean unbound(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node == null || node.isEmpty();
    }

    /** A loop rather than a recursion, as a cluster in memory answers before the call returns. */
    private void drain() {
        if (draining || waiting.isEmpty()) {
            return;
        }
        draining = true;
        while (underWay < limits.concurrency() && !waiting.isEmpty()) {
            Statement next = waiting.remove();
            underWay++;
            send(next).onComplete(ignored -> {
                underWay--;
                unanswered.remove(next.task());
                drain();
            });
        }
        draining = false;
        if (waiting.isEmpty()) {
            Promise<Void> done = whenDrained;
            whenDrained = Promise.promise();
            done.complete();
        }
    }

    private Future<Void> send(Statement statement) {
        if (!mayWrite.getAsBoolean()) {
            return Future.succeededFuture();
        }
        return statement.match(this::bind, pipeline -> Future.succeededFuture(), this::evict);
    }

    private Future<Void> bind(Statement.Bind bind) {
        if (!tasks.assumed(bind.task())) {
            return Future.succeededFuture();
        }
        BindNeeds needs = tasks.needs(bind.task());
        boolean shares = !bind.devices().isEmpty() && bind.milliPerDevice() < WHOLE_MILLI;
        Future<Void> sent = needs == null || (needs.none() && !(shares && reserves.test(bind.node())))
                ? cluster.bind(key(bind.task()), bind.node(), annotations(bind)).onSuccess(done -> meters.bound())
                : requests.ask(bind, needs).mapEmpty();
        return sent.onFailure(failure -> {
            meters.bindFailed(bind.task(), failure);
            if (saidNo(failure)) {
                tasks.refused(bind, forPeople(failure));
            }
        });
    }

    /** A conflict passes by itself and says nothing to a person. */
    private static String forPeople(Throwable failure) {
        boolean lasts = failure instanceof Refused refused
                && (refused.refusal() instanceof Refusal.Invalid || refused.refusal() instanceof Refusal.Forbidden);
        return lasts ? String.valueOf(failure.getMessage()) : "";
    }

    private Future<Void> evict(Statement.Evict evict) {
        return cluster.evict(key(evict.task()), GRACE_SECONDS)
                .onSuccess(done -> meters.evicted(evict))
                .onFailure(failure -> {
                    tasks.stays(evict);
                    meters.bindFailed(evict.task(), failure);
                });
    }

    /** Whether the cluster certainly did not bind the pod; after anything else the assumption stands until it tells. */
    private static boolean saidNo(Throwable failure) {
        if (!(failure instanceof Refused refused)) {
            return false;
        }
        Refusal refusal = refused.refusal();
        return refusal instanceof Refusal.Conflict
                || refusal instanceof Refusal.NotFound
                || refusal instanceof Refusal.Invalid
                || refusal instanceof Refusal.Forbidden
                || refusal instanceof Refusal.TooManyRequests;
    }

    private static Map<String, String> annotations(Statement.Bind bind) {
        if (bind.devices().isEmpty()) {
            return Map.of();
        }
        String devices = bind.devices().stream().map(String::valueOf).collect(Collectors.joining(","));
        return Map.of(
                Labels.ASSIGNED_GPUS, devices, Labels.ASSIGNED_GPU_MILLI, Integer.toString(bind.milliPerDevice()));
    }

    private static ObjectKey key(String task) {
        int slash = task.indexOf('/');
        return new ObjectKey(task.substring(0, slash), task.substring(slash + 1));
    }
}
