package dev.berth.k8s.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.BindRequest;
import dev.berth.k8s.simulated.Faults;
import dev.berth.k8s.simulated.SeededFaults;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.WallClock;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A binder on a simulated cluster, from the request to the bound pod, whatever goes wrong on the way. */
class BinderTest {
    private static final String NAMESPACE = Labels.NAMESPACE_PREFIX + "vision";

    private final Vertx vertx = Vertx.vertx();
    private SimulatedCluster cluster = cluster(Faults.NONE);
    private final Bus bus = new Bus(vertx, InstantSource.system());

    @AfterEach
    void end() {
        get(vertx.close());
    }

    @Test
    void twoHalvesShareADeviceAndAThirdGetsAnother() {
        kubelet(2);
        binder("one");
        ask(pod("a"), 0, 500);
        ask(pod("b"), 0, 500);
        ask(pod("c"), 1, 500);

        await("all are bound", () -> bound("a") && bound("b") && bound("c"));
        assertThat(uuid("a")).isEqualTo(uuid("b")).isNotEqualTo(uuid("c"));
        assertThat(visible("a")).isEqualTo(uuid("a"));
        assertThat(reservations()).isEqualTo(2);
    }

    @Test
    void theDeviceIsGivenBackWhenTheLastSharerIsGone() {
        Kubelet kubelet = kubelet(2);
        binder("one");
        ask(pod("a"), 0, 500);
        ask(pod("b"), 0, 500);
        await("both are bound", () -> bound("a") && bound("b"));

        phase("a", "Succeeded");
        phase("b", "Succeeded");
        await("nothing is held", () -> reservations() == 0 && kubelet.held() == 0);
    }

    @Test
    void aDeviceThatSomebodyElseTookIsTriedAgainAndThenGivenUpWithTheReason() {
        kubelet(0);
        binder("one");
        BindRequest request = ask(pod("a"), 0, 500);

        await("it is given up", () -> status(request).phase.equals(BindRequest.FAILED));
        assertThat(status(request).reason).isEqualTo("DeviceTaken");
        assertThat(status(request).attempts).isEqualTo(3);
        assertThat(status(request).message).contains("UnexpectedAdmissionError");
        await("nothing is held", () -> reservations() == 0);
    }

    /** Whatever the last write was before the binder was killed, the next one goes on from there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void aBinderThatWasKilledAfterAnyWriteIsFollowedByOneThatGoesOn(int writes) {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        cluster = cluster((call, kind, key) -> call != Faults.Call.GET
                        && call != Faults.Call.LEASE
                        && !kubeletCall(kind, call)
                        && left.getAndDecrement() <= 0
                ? Optional.of(new Refusal.Busy("The binder is dead.", 1))
                : Optional.empty());
        kubelet(2);
        Pod a = pod("a");
        Pod b = pod("b");
        ask(a, 0, 500);
        ask(b, 0, 500);
        left.set(writes);
        String first = binder("one");
        await("it did what it could", () -> left.get() < 0 || (bound("a") && bound("b")));
        left.set(Integer.MAX_VALUE);
        get(vertx.undeploy(first));

        binder("two");
        await("both are bound", () -> bound("a") && bound("b"));
        assertThat(uuid("a")).isEqualTo(uuid("b"));
        assertThat(reservations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void conflictsAndDelaysOnlyDelay(long seed) {
        cluster = cluster(new SeededFaults(seed, 200, 20));
        kubelet(4);
        binder("one");
        for (int i = 0; i < 8; i++) {
            ask(pod("p" + i), i / 2, 500);
        }
        await("all are bound", () -> {
            boolean all = true;
            for (int i = 0; i < 8; i++) {
                all &= bound("p" + i);
            }
            return all;
        });
        for (int i = 0; i < 8; i += 2) {
            assertThat(uuid("p" + i)).isEqualTo(uuid("p" + (i + 1)));
        }
        assertThat(reservations()).isEqualTo(4);
    }

    @Test
    void twoBindersWorkOneAfterTheOther() {
        kubelet(2);
        String one = binder("one");
        binder("two");
        ask(pod("a"), 0, 500);
        await("it is bound", () -> bound("a"));
        get(vertx.undeploy(one));
        ask(pod("b"), 0, 500);
        await("the other went on", () -> bound("b"));
        assertThat(uuid("a")).isEqualTo(uuid("b"));
    }

    /** The kubelet of this test writes through the same cluster; its status writes are not the binder's. */
    private static boolean kubeletCall(Class<?> kind, Faults.Call call) {
        return kind == Pod.class && call == Faults.Call.STATUS;
    }

    private SimulatedCluster cluster(Faults faults) {
        return new SimulatedCluster(
                "aurora", vertx, new WallClock(vertx, InstantSource.system()), faults, SimulatedCluster.WATCH_BOUND);
    }

    private Kubelet kubelet(int devices) {
        List<String> uuids =
                IntStream.range(0, devices).mapToObj(i -> "GPU-" + i).toList();
        Kubelet made = new Kubelet(cluster, new HashMap<>(Map.of("node-1", uuids)));
        made.start();
        return made;
    }

    private String binder(String instance) {
        Map<String, Object> keys =
                Map.of("cluster", "aurora", "retryMillis", 10, "pollMillis", 10, "releaseMillis", 0, "leaseSeconds", 2);
        BinderRole role = new BinderRole();
        BinderConfig config = Objects.requireNonNull(new RoleConfig(Map.of()).read(role.name(), role.config(), keys));
        Attachments attachments = new Attachments();
        attachments.attach(Cluster.class, "aurora", cluster);
        InstantSource clock = InstantSource.system();
        RoleContext context = new RoleContext(
                instance, vertx, bus, new Health(), new Meters(new SimpleMeterRegistry()), attachments, clock);
        return get(vertx.deployVerticle(
                role.deployments(config, context).get(0).verticle().get()));
    }

    private Pod pod(String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .addToAnnotations(Labels.GPU_CONFIG_MAP, "berth-gpu-" + name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        return patiently(() -> cluster.create(pod));
    }

    private BindRequest ask(Pod pod, int device, int milli) {
        BindRequest request = new BindRequest();
        request.getMetadata().setNamespace(NAMESPACE);
        request.getMetadata().setName(pod.getMetadata().getUid());
        request.getSpec().pod = pod.getMetadata().getName();
        request.getSpec().podUid = pod.getMetadata().getUid();
        request.getSpec().node = "node-1";
        request.getSpec().devices.add(device);
        request.getSpec().milliPerDevice = milli;
        request.getSpec().backoffLimit = 3;
        return patiently(() -> cluster.create(request));
    }

    private BindRequest.Status status(BindRequest request) {
        return get(cluster.get(BindRequest.class, ObjectKey.of(request)))
                .orElseThrow()
                .getStatus();
    }

    private Pod find(String name) {
        return get(cluster.get(Pod.class, new ObjectKey(NAMESPACE, name))).orElseThrow();
    }

    private boolean bound(String name) {
        return find(name).getSpec().getNodeName() != null;
    }

    private String uuid(String name) {
        return find(name).getMetadata().getAnnotations().get(Labels.ASSIGNED_GPU_UUIDS);
    }

    private String visible(String name) {
        return get(cluster.get(ConfigMap.class, new ObjectKey(NAMESPACE, "berth-gpu-" + name)))
                .orElseThrow()
                .getData()
                .get(NextStep.VISIBLE_DEVICES);
    }

    private void phase(String name, String phase) {
        Pod pod = new PodBuilder(find(name))
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
        get(cluster.replaceStatus(pod));
    }

    private long reservations() {
        return cluster.list(Pod.class).stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(Labels.RESERVATION_NAMESPACE))
                .count();
    }

    private interface Call<T> {
        Future<T> send();
    }

    private static <T> T patiently(Call<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return get(call.send());
            } catch (IllegalStateException refused) {
                if (attempt == 20) {
                    throw refused;
                }
            }
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited 20 s until " + what + ", in vain.");
            }
            get(vertx.timer(5, TimeUnit.MILLISECONDS));
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
