package dev.berth.k8s.binder;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One time of the lease: from the first listing to its end. Nothing of it outlives it. */
final class BinderTerm {
    private static final long SWEEP_MILLIS = 500;

    private final BinderConfig config;
    private final RoleContext role;
    private final Cluster cluster;
    private final BinderMeters meters;
    private final BooleanSupplier mayWrite;
    private final BindBook book = new BindBook(this::touched);
    private final BindQueue queue;
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<Class<?>> untold = new HashSet<>(Set.of(BindRequest.class, Pod.class));
    private final Map<Slot, Long> unusedSince = new HashMap<>();
    private long sweeper = -1;
    private boolean ended;

    BinderTerm(BinderConfig config, RoleContext role, Cluster cluster, BinderMeters meters, BooleanSupplier held) {
        this.config = config;
        this.role = role;
        this.cluster = cluster;
        this.meters = meters;
        this.mayWrite = () -> !ended && held.getAsBoolean();
        Binder binder = new Binder(config, cluster, role.clock(), book, new Binder.Surroundings(mayWrite, meters));
        this.queue = new BindQueue(role.vertx(), config.concurrency(), config.pollMillis(), key -> binder.look(key)
                .onFailure(failure -> meters.stepFailed(key.toString(), failure)));
    }

    void begin() {
        role.health().notReady(part(), "the cluster has not told yet what there is");
        watches.add(watch(BindRequest.class, book::requests));
        watches.add(watch(Pod.class, book::pods));
        sweeper = role.vertx().setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    void end() {
        ended = true;
        role.vertx().cancelTimer(sweeper);
        watches.forEach(Cluster.Watching::close);
        queue.close();
        role.health().forget(part());
    }

    private String part() {
        return role.instance() + ".watches";
    }

    private <T extends HasMetadata> Cluster.Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        return cluster.watch(type, change -> {
            if (ended) {
                return;
            }
            boolean last = untold.remove(type) && untold.isEmpty();
            listener.accept(change);
            if (last) {
                role.health().ready(part());
                book.open().forEach(queue::add);
            }
        });
    }

    private void touched(ObjectKey key) {
        if (untold.isEmpty()) {
            queue.add(key);
        }
    }

    /** Gives back what nobody shares, after a while: the next to share it often comes at once. */
    private void sweep() {
        if (!untold.isEmpty() || !mayWrite.getAsBoolean()) {
            return;
        }
        long now = role.clock().millis();
        Set<Slot> unused = book.unused();
        unusedSince.keySet().retainAll(unused);
        for (Slot slot : unused) {
            long since = unusedSince.computeIfAbsent(slot, first -> now);
            if (now - since >= config.releaseMillis()) {
                release(slot);
            }
        }
    }

    private void release(Slot slot) {
        Future<Void> deleted = cluster.delete(Pod.class, Reservation.key(slot));
        deleted.onSuccess(done -> meters.released()).onFailure(failure -> meters.stepFailed(slot.podName(), failure));
        unusedSince.remove(slot);
    }
}
