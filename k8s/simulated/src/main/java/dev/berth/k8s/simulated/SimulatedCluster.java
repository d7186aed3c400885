package dev.berth.k8s.simulated;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.client.PodStreams;
import dev.berth.k8s.simulated.Faults.Call;
import dev.berth.k8s.simulated.stream.SimulatedPodStreams;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cluster in memory. Thread-safe; calls are answered at once, on the caller's thread, unless {@link Faults} delay them.
 */
public final class SimulatedCluster implements Cluster {
    /** Changes that a watcher may be behind before it is told everything anew. */
    public static final int WATCH_BOUND = 65_536;

    private record Lease(String holder, long untilMillis) {}

    private final String name;
    private final Vertx vertx;
    private final SimClock clock;
    private final Faults faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Observers observers = new Observers();
    private final Map<String, Lease> leases = new HashMap<>();
    private final ApiObjects objects;
    private final int watchBound;
    private final PodStreams pods;

    public SimulatedCluster(String name, Vertx vertx, SimClock clock) {
        this(name, vertx, clock, Faults.NONE, WATCH_BOUND);
    }

    public SimulatedCluster(String name, Vertx vertx, SimClock clock, Faults faults, int watchBound) {
        this.name = name;
        this.vertx = vertx;
        this.clock = clock;
        this.faults = faults;
        this.watchBound = watchBound;
        this.objects = new ApiObjects(clock, observers);
        this.pods = new SimulatedPodStreams(
                vertx, clock, key -> locked(api -> Optional.ofNullable(api.find(Pod.class, key))));
    }

    @Override
    public String name() {
        return name;
    }

    public SimClock clock() {
        return clock;
    }

    /** All objects of a kind as they are now, ordered by key. */
    public <T extends HasMetadata> List<T> list(Class<T> type) {
        return locked(api -> api.table(type).all());
    }

    /** Writes so far, the kubelets' ones included. */
    public long writes() {
        return locked(ApiObjects::version);
    }

    /**
     * Tells every change of every kind, in order, before the write returns: for checkers that must miss nothing. The
     * observer runs under the cluster's lock, so it must be quick and must not call the cluster.
     */
    public void observe(Consumer<Change<? extends HasMetadata>> observer) {
        locked(api -> observers.add(observer));
    }

    /** Breaks all watches as a restarted API server does: each is told everything anew. */
    public void breakWatches() {
        locked(api -> {
            api.tables().forEach(Table::restartWatchers);
            return true;
        });
    }

    /** Writes all objects to a file, from which {@link #restore} brings them back; others may go on meanwhile. */
    public void save(Path file) throws IOException {
        Checkpoint.write(file, locked(ApiObjects::entries));
    }

    /**
     * Puts the objects of a file into this cluster, which must be empty, with the uids and versions that they had. To be
     * called before kubelets start.
     */
    public void restore(Path file) throws IOException {
        List<Checkpoint.Entry> entries = Checkpoint.read(file);
        locked(api -> {
            api.restore(entries);
            return true;
        });
    }

    @Override
    public <T extends HasMetadata> Future<Optional<T>> get(Class<T> type, ObjectKey key) {
        return call(Call.GET, type, key, api -> Optional.ofNullable(api.find(type, key)));
    }

    @Override
    public <T extends HasMetadata> Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        Context context = vertx.getOrCreateContext();
        return locked(api -> {
            Watcher<T> watcher = new Watcher<>(api.table(type), lock, context, watchBound, listener);
            watcher.start();
            return watcher;
        });
    }

    @Override
    public <T extends HasMetadata> Future<T> create(T object) {
        return call(Call.CREATE, object.getClass(), ObjectKey.of(object), api -> api.create(object));
    }

    @Override
    public <T extends HasMetadata> Future<T> apply(T object) {
        return call(Call.APPLY, object.getClass(), ObjectKey.of(object), api -> api.apply(object));
    }

    @Override
    public <T extends HasMetadata> Future<T> replaceStatus(T object) {
        return call(Call.STATUS, object.getClass(), ObjectKey.of(object), api -> api.replaceStatus(object));
    }

    @Override
    public <T extends HasMetadata> Future<Void> delete(Class<T> type, ObjectKey key) {
        return call(Call.DELETE, type, key, api -> {
                    api.delete(type, key, null);
                    return true;
                })
                .mapEmpty();
    }

    @Override
    public Future<Void> bind(ObjectKey pod, String node, Map<String, String> annotations) {
        return call(Call.BIND, Pod.class, pod, api -> bindNow(api, pod, node, annotations))
                .mapEmpty();
    }

    @Override
    public Future<Void> evict(ObjectKey pod, int graceSeconds) {
        return call(Call.EVICT, Pod.class, pod, api -> {
                    Pod evicted = api.require(Pod.class, pod);
                    api.delete(Pod.class, pod, (long) graceSeconds);
                    return evicted;
                })
                .mapEmpty();
    }

    @Override
    public Future<Boolean> holdLease(String lease, String holder, int ttlSeconds) {
        return call(Call.LEASE, Lease.class, new ObjectKey("berth", lease), api -> {
            Lease now = leases.get(lease);
            if (now != null && !now.holder.equals(holder) && now.untilMillis > clock.nowMillis()) {
                return false;
            }
            leases.put(lease, new Lease(holder, clock.nowMillis() + ttlSeconds * 1000L));
            return true;
        });
    }

    @Override
    public PodStreams pods() {
        return pods;
    }

    @Override
    public Future<Void> close() {
        locked(api -> {
            api.tables().forEach(Table::closeWatchers);
            return true;
        });
        return Future.succeededFuture();
    }

    /** Writes a pod's status as a kubelet does; does nothing where the pod is another one by now or {@code when} says no. */
    void kubeletStatus(Pod pod, Predicate<Pod> when, Function<Pod, PodStatus> status) {
        ObjectKey key = ObjectKey.of(pod);
        locked(api -> {
            Pod now = api.find(Pod.class, key);
            if (now == null || !sameUid(now, pod) || !when.test(now)) {
                return false;
            }
            Pod statusOf = new Pod();
            statusOf.setStatus(status.apply(now));
            api.replace(api.table(Pod.class), key, Metadata.copy(now.getMetadata(), api.nextVersion()), now, statusOf);
            return true;
        });
    }

    /** Removes a pod that is being deleted, as its kubelet does once the containers are gone. */
    void kubeletRemove(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        locked(api -> {
            Pod now = api.find(Pod.class, key);
            if (now != null && sameUid(now, pod) && now.getMetadata().getDeletionTimestamp() != null) {
                api.removeNow(api.table(Pod.class), key, now);
            }
            return true;
        });
    }

    private static boolean sameUid(Pod one, Pod other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    private static Pod bindNow(ApiObjects api, ObjectKey key, String node, Map<String, String> annotations) {
        Pod now = api.require(Pod.class, key);
        PodRules.requireBindable(now);
        ObjectMeta metadata = Metadata.copy(now.getMetadata(), api.nextVersion());
        metadata.setAnnotations(Metadata.merge(metadata.getAnnotations(), null, annotations));
        return api.replace(api.table(Pod.class), key, metadata, PodRules.withNode(now, node), now);
    }

    private <R> R locked(Function<ApiObjects, R> action) {
        lock.lock();
        try {
            return action.apply(objects);
        } finally {
            lock.unlock();
        }
    }

    private <R> Future<R> call(Call call, Class<?> kind, ObjectKey key, Function<ApiObjects, R> action) {
        if (faults == Faults.NONE) {
            return answer(action);
        }
        return Faulty.call(faults, clock, vertx, new Faulty.Asked(call, kind, key), () -> answer(action));
    }

    private <R> Future<R> answer(Function<ApiObjects, R> action) {
        try {
            return Future.succeededFuture(locked(action));
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }
}
