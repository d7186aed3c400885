package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.workload;
import static dev.berth.k8s.simulated.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Workload;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several event loops and a worker write at random while others watch with queues that are too small. Goal: whatever the
 * order, each watcher's versions only grow, and in the end each knows exactly what is there.
 */
class SimulatedClusterConcurrencyTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 2000;
    private static final int NAMES = 20;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close().map(true));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, 65_536})
    void everyWatcherEndsUpKnowingWhatIsThere(int bound) {
        SimulatedCluster cluster = new SimulatedCluster("test", vertx, new VirtualClock(0), Faults.NONE, bound);
        List<Seen> watchers = List.of(new Seen(cluster), new Seen(cluster));
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS - 1; writer++) {
            long seed = writer;
            Promise<Void> done = Promise.promise();
            newContext().runOnContext(turn -> {
                write(cluster, seed);
                done.complete();
            });
            writers.add(done.future());
        }
        writers.add(vertx.executeBlocking(() -> {
            write(cluster, WRITERS);
            return null;
        }));
        await(Future.all(writers).map(true));
        for (Seen watcher : watchers) {
            assertThat(watcher.until(cluster.list(Workload.class))).isTrue();
            assertThat(watcher.mistake.get()).isNull();
        }
    }

    private static void write(SimulatedCluster cluster, long seed) {
        for (int i = 0; i < WRITES; i++) {
            String name = "w" + Seeded.below(NAMES, seed, 2L * i);
            if (Seeded.below(3, seed, 2L * i + 1) == 0) {
                cluster.delete(Workload.class, new ObjectKey("ns", name));
            } else {
                cluster.apply(workload("ns", name, i + 1));
            }
        }
    }

    private Context newContext() {
        AtomicReference<Context> context = new AtomicReference<>();
        await(vertx.deployVerticle(running -> {
                    context.set(running);
                    return Future.succeededFuture();
                })
                .map(true));
        return context.get();
    }

    /** A watcher on an event loop of its own. */
    private final class Seen {
        final AtomicReference<String> mistake = new AtomicReference<>();
        private final Context context = newContext();
        private final TreeMap<ObjectKey, Workload> known = new TreeMap<>();
        private long version;

        Seen(SimulatedCluster cluster) {
            context.runOnContext(turn -> cluster.watch(Workload.class, this::told));
        }

        private void told(Change<Workload> change) {
            change.match(
                    reset -> {
                        known.clear();
                        reset.all().forEach(object -> known.put(ObjectKey.of(object), object));
                        reset.all().forEach(object -> version = Math.max(version, versionOf(object)));
                    },
                    upserted -> {
                        newer(upserted.object());
                        known.put(ObjectKey.of(upserted.object()), upserted.object());
                    },
                    deleted -> {
                        newer(deleted.object());
                        known.remove(ObjectKey.of(deleted.object()));
                    });
        }

        private void newer(Workload object) {
            if (versionOf(object) <= version) {
                mistake.compareAndSet(null, "told version " + versionOf(object) + " after " + version);
            }
            version = versionOf(object);
        }

        boolean until(List<Workload> expected) {
            for (int check = 0; check < 300; check++) {
                Promise<Boolean> equal = Promise.promise();
                context.runOnContext(
                        turn -> equal.complete(List.copyOf(known.values()).equals(expected)));
                if (await(equal.future())) {
                    return true;
                }
                await(vertx.timer(20, TimeUnit.MILLISECONDS));
            }
            return false;
        }

        private long versionOf(Workload object) {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        }
    }
}
