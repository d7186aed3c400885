package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.fail;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Amount;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.PodShape;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.operator.OperatorRole;
import dev.berth.k8s.simulated.Faults;
import dev.berth.k8s.simulated.KubeletBehaviour;
import dev.berth.k8s.simulated.SimClock;
import dev.berth.k8s.simulated.SimulatedCluster;
import dev.berth.k8s.simulated.SimulatedKubelets;
import dev.berth.k8s.simulated.SimulatedNodes;
import dev.berth.k8s.simulated.VirtualClock;
import dev.berth.k8s.simulated.WallClock;
import dev.berth.model.Labels;
import dev.berth.runtime.Attachments;
import dev.berth.runtime.Bus;
import dev.berth.runtime.Deployment;
import dev.berth.runtime.Health;
import dev.berth.runtime.Meters;
import dev.berth.runtime.Role;
import dev.berth.runtime.RoleConfig;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A simulated cluster with an operator and schedulers on it, and somebody who submits workloads and waits. */
final class Story implements AutoCloseable {
    static final String CLUSTER = "aurora";
    private static final long START = Instant.parse("2026-11-24T00:00:00Z").toEpochMilli();
    private static final int PATIENCE_SECONDS = 120;

    final Vertx vertx;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Health health = new Health();
    final Bus bus;
    final SimulatedCluster cluster;
    final SimulatedKubelets kubelets;
    final OverCommitCheck check;
    private final InstantSource clock;
    private final Attachments attachments = new Attachments();
    private final Map<String, Object> schedulerKeys = new HashMap<>(Map.of("cluster", CLUSTER, "minCycleMillis", 5));

    private Story(Vertx vertx, SimClock clock, Faults faults) {
        this.vertx = vertx;
        this.clock = () -> Instant.ofEpochMilli(clock.nowMillis());
        this.bus = new Bus(vertx, InstantSource.system());
        cluster = new SimulatedCluster(CLUSTER, vertx, clock, faults, SimulatedCluster.WATCH_BOUND);
        kubelets = SimulatedKubelets.start(cluster, KubeletBehaviour.startingAfter(500));
        check = new OverCommitCheck();
        cluster.observe(check::changed);
        attachments.attach(Cluster.class, CLUSTER, cluster);
    }

    /** Time runs a hundred times as fast as on the wall. */
    static Story on(String nodes) {
        return on(nodes, Faults.NONE);
    }

    static Story on(String nodes, Faults faults) {
        VirtualClock clock = new VirtualClock(START);
        Story story = new Story(Vertx.vertx(), clock, faults);
        story.vertx.setPeriodic(5, tick -> clock.advanceTo(clock.nowMillis() + 500));
        return story.nodes(nodes);
    }

    /** Time is the wall's, as leases need it. */
    static Story onTheWall(String nodes) {
        Vertx vertx = Vertx.vertx();
        return new Story(vertx, new WallClock(vertx, InstantSource.system()), Faults.NONE).nodes(nodes);
    }

    private Story nodes(String groups) {
        SimulatedNodes.parse(groups).forEach(node -> patiently(() -> cluster.create(node.toNode())));
        return this;
    }

    Story with(String schedulerKey, Object value) {
        schedulerKeys.put(schedulerKey, value);
        return this;
    }

    String operator() {
        return start(new OperatorRole(), "operator", Map.of("cluster", CLUSTER, "statusMillis", 5, "retryMillis", 20));
    }

    String scheduler() {
        return scheduler("scheduler");
    }

    String scheduler(String instance) {
        return start(new SchedulerRole(), instance, schedulerKeys);
    }

    private <C extends Record> String start(Role<C> role, String instance, Map<String, Object> keys) {
        RoleConfig reader = new RoleConfig(Map.of());
        C config = reader.read(role.name(), role.config(), keys);
        if (config == null) {
            return fail(String.join("\n", reader.problems()));
        }
        RoleContext context = new RoleContext(instance, vertx, bus, health, new Meters(meters), attachments, clock);
        Deployment deployment = role.deployments(config, context).get(0);
        return get(vertx.deployVerticle(deployment.verticle().get()));
    }

    void stop(String deployment) {
        get(vertx.undeploy(deployment));
    }

    Story project(String name, Amount gpuMilli) {
        Project project = new Project();
        project.setMetadata(new ObjectMetaBuilder().withName(name).build());
        PoolQuota quota = new PoolQuota();
        quota.gpuMilli = gpuMilli;
        Project.Spec spec = new Project.Spec();
        spec.quotas.add(quota);
        project.setSpec(spec);
        patiently(() -> cluster.apply(project));
        return this;
    }

    static Workload workload(String project, String name, int workers, PodShape.Gpu gpu, long runMillis) {
        Workload workload = new Workload();
        workload.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(Labels.NAMESPACE_PREFIX + project)
                .addToLabels(Labels.WORKLOAD_ID, "id-" + name)
                .build());
        Workload.Spec spec = new Workload.Spec();
        spec.project = project;
        spec.workers = workers;
        spec.minWorkers = workers;
        spec.preemptible = true;
        spec.pod.image = "registry.example/train:1";
        spec.pod.cpuMilli = 1_000;
        spec.pod.memoryMib = 1_024;
        spec.pod.gpu = gpu;
        if (runMillis >= 0) {
            spec.pod.annotations.put(Labels.SIMULATED_RUN_MILLIS, Long.toString(runMillis));
        }
        workload.setSpec(spec);
        return workload;
    }

    static PodShape.Gpu gpus(int devices) {
        return new PodShape.Gpu(devices, 0, 0);
    }

    static PodShape.Gpu part(int milli) {
        return new PodShape.Gpu(1, milli, 0);
    }

    Story submit(Workload workload) {
        patiently(() -> cluster.apply(workload));
        return this;
    }

    /** As a patient client does: again after a conflict. */
    private static void patiently(Supplier<Future<?>> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                get(call.get());
                return;
            } catch (IllegalStateException refused) {
                if (attempt == 10) {
                    throw refused;
                }
            }
        }
    }

    /** Schedulers that hold the lease. */
    long leaders() {
        return Math.round(meters.get("berth_scheduler_leader_count").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum());
    }

    Story change(Workload workload, Consumer<Workload.Spec> change) {
        Workload changed = new KubernetesSerialization().clone(workload);
        change.accept(changed.getSpec());
        return submit(changed);
    }

    Workload find(Workload workload) {
        return get(cluster.get(Workload.class, ObjectKey.of(workload))).orElseThrow();
    }

    WorkloadStatus status(Workload workload) {
        return find(workload).getStatus();
    }

    boolean is(Workload workload, String phase) {
        return get(cluster.get(Workload.class, ObjectKey.of(workload)))
                .map(now -> now.getStatus().phase.equals(phase))
                .orElse(false);
    }

    boolean isGone(Workload workload) {
        ObjectKey key = ObjectKey.of(workload);
        boolean pods = cluster.list(Pod.class).stream()
                .anyMatch(pod -> key.name().equals(pod.getMetadata().getLabels().get(Labels.WORKLOAD)));
        return get(cluster.get(Workload.class, key)).isEmpty()
                && get(cluster.get(PodGroup.class, key)).isEmpty()
                && !pods;
    }

    long bound() {
        return cluster.list(Pod.class).stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .count();
    }

    Story await(String what, BooleanSupplier condition) {
        await(vertx, what, condition);
        return this;
    }

    /** Asks from its own thread again and again: on a real cluster the question blocks. */
    static void await(Vertx vertx, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited " + PATIENCE_SECONDS + " s until " + what + ", in vain.");
            }
            get(vertx.timer(5, TimeUnit.MILLISECONDS));
        }
    }

    /** Lets so many cycles pass. */
    Story afterCycles(int cycles) {
        double before = cycles();
        return await(cycles + " cycles passed", () -> cycles() >= before + cycles);
    }

    /** Pods that were evicted so far, by whichever scheduler. */
    double evictions() {
        return meters.find("berth_scheduler_pods_evicted_total").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    double cycles() {
        return meters.find("berth_scheduler_cycle_seconds").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
