package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.pod;
import static dev.berth.k8s.simulated.Things.workload;
import static dev.berth.k8s.simulated.Waiting.await;
import static dev.berth.k8s.simulated.Waiting.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.simulated.Waiting.Told;
import dev.berth.model.Refusal;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only the simulated cluster can show: garbage collection, overflow, faults, and that nothing is missed. */
class SimulatedClusterTest {
    private final Vertx vertx = Vertx.vertx();
    private final VirtualClock clock = new VirtualClock(0);
    private final SimulatedCluster cluster = new SimulatedCluster("test", vertx, clock);

    @AfterEach
    void close() {
        await(vertx.close().map(true));
    }

    @Test
    void whatAnOwnerOwnedGoesWithIt() {
        Workload owner = await(cluster.create(workload("ns", "a", 2)));
        await(cluster.create(owned("a-0", owner)));
        await(cluster.create(owned("a-1", owner)));
        await(cluster.create(pod("ns", "stranger")));
        await(cluster.delete(Workload.class, key("a")).map(true));
        assertThat(cluster.list(Pod.class)).extracting(ObjectKey::of).containsExactly(key("stranger"));
    }

    @Test
    void whatIsMadeForAnOwnerThatWentGoesToo() {
        Workload owner = await(cluster.create(workload("ns", "a", 1)));
        await(cluster.delete(Workload.class, key("a")).map(true));
        await(cluster.create(owned("a-0", owner)));
        assertThat(cluster.list(Pod.class)).isEmpty();
    }

    @Test
    void aWatcherThatIsTooSlowIsToldEverythingAnew() throws Exception {
        SimulatedCluster small = new SimulatedCluster("small", vertx, clock, Faults.NONE, 3);
        Context context = vertx.getOrCreateContext();
        CountDownLatch busy = new CountDownLatch(1);
        Told<Workload> told = new Told<>();
        context.runOnContext(turn -> small.watch(Workload.class, told));
        assertThat(told.reset().all()).isEmpty();
        context.runOnContext(turn -> {
            for (int i = 0; i < 10; i++) {
                small.create(workload("ns", "w" + i, 1));
            }
            busy.countDown();
        });
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(told.reset().all()).hasSize(10);
    }

    @Test
    void brokenWatchesBeginAnew() {
        Told<Workload> told = new Told<>();
        Cluster.Watching watching = cluster.watch(Workload.class, told);
        told.reset();
        await(cluster.create(workload("ns", "a", 1)));
        told.upserted();
        cluster.breakWatches();
        assertThat(told.reset().all()).hasSize(1);
        watching.close();
    }

    @Test
    void aWatcherThatThrowsStillGetsTheRest() {
        Told<Workload> told = new Told<>();
        cluster.watch(Workload.class, change -> {
            told.accept(change);
            throw new IllegalStateException("a bug of the watcher");
        });
        told.reset();
        await(cluster.create(workload("ns", "a", 1)));
        await(cluster.create(workload("ns", "b", 1)));
        assertThat(List.of(ObjectKey.of(told.upserted()), ObjectKey.of(told.upserted())))
                .containsExactly(key("a"), key("b"));
    }

    @Test
    void anObserverMissesNothing() {
        List<String> seen = new ArrayList<>();
        cluster.observe(change -> seen.add(word(change)));
        await(cluster.create(workload("ns", "a", 1)));
        await(cluster.create(pod("ns", "p")));
        await(cluster.bind(key("p"), "n1", Map.of()).map(true));
        await(cluster.delete(Workload.class, key("a")).map(true));
        assertThat(seen).containsExactly("+Workload", "+Pod", "+Pod", "-Workload");
        assertThat(cluster.writes()).isEqualTo(4);
    }

    @Test
    void faultsComeBySeed() {
        assertThat(conflicts(7)).isEqualTo(conflicts(7)).isNotEqualTo(conflicts(8));
        assertThat(conflicts(7)).hasSizeBetween(20, 80);
    }

    @Test
    void delayedCallsAreDoneWhenTheClockComesToThem() {
        Faults slow = new SeededFaults(1, 0, 1000);
        SimulatedCluster far = new SimulatedCluster("far", vertx, clock, slow, 10);
        var call = far.create(workload("ns", "a", 1));
        assertThat(far.list(Workload.class)).isEmpty();
        clock.advanceTo(1000);
        assertThat(await(call).getMetadata().getUid()).isNotEmpty();
    }

    @Test
    void aLeaseIsOverByTheClusterClock() {
        assertThat(await(cluster.holdLease("l", "one", 10))).isTrue();
        clock.advanceTo(9_999);
        assertThat(await(cluster.holdLease("l", "two", 10))).isFalse();
        clock.advanceTo(10_000);
        assertThat(await(cluster.holdLease("l", "two", 10))).isTrue();
    }

    @Test
    void aPodThatIsGoingIsNotBound() {
        await(cluster.create(pod("ns", "p")));
        await(cluster.bind(key("p"), "n1", Map.of()).map(true));
        await(cluster.delete(Pod.class, key("p")).map(true));
        assertThat(refusal(cluster.bind(key("p"), "n1", Map.of()))).isInstanceOf(Refusal.Conflict.class);
    }

    private List<Integer> conflicts(long seed) {
        SimulatedCluster faulty = new SimulatedCluster("faulty", vertx, clock, new SeededFaults(seed, 50, 0), 10);
        List<Integer> conflicts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            if (faulty.create(workload("ns", "w" + i, 1)).failed()) {
                conflicts.add(i);
            }
        }
        return conflicts;
    }

    private static String word(Change<?> change) {
        List<String> word = new ArrayList<>();
        change.match(
                reset -> word.add("all"),
                upserted -> word.add("+" + upserted.object().getKind()),
                deleted -> word.add("-" + deleted.object().getKind()));
        return word.get(0);
    }

    private static Pod owned(String name, Workload owner) {
        Pod pod = pod("ns", name);
        OwnerReference reference = new OwnerReference();
        reference.setApiVersion(owner.getApiVersion());
        reference.setKind(owner.getKind());
        reference.setName(owner.getMetadata().getName());
        reference.setUid(owner.getMetadata().getUid());
        pod.getMetadata().setOwnerReferences(List.of(reference));
        return pod;
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("ns", name);
    }
}
