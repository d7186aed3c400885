package dev.berth.scheduler.verticle;

import dev.berth.contract.SchedulerContract;
import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Lets workloads of one pod each arrive, as workloads or as what an operator makes of them, and measures how fast they are bound. */
final class Throughput {
    private static final int TICK_MILLIS = 20;
    private static final int MOST_IN_A_TURN = 200;

    private final Story story;
    private final Load load;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Map<ObjectKey, Long> createdAt = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> cycles = new ConcurrentLinkedQueue<>();
    private final AtomicLong bound = new AtomicLong();
    private final AtomicLong longestTurn = new AtomicLong();
    private final List<List<HasMetadata>> arriving = new ArrayList<>();
    private int created;

    /** So many pods, so many of them a second, each running about so long; a third have up to so many whole GPUs. */
    record Load(int pods, int perSecond, long runMillis, int gpus, boolean asWorkloads) {}

    Throughput(Story story, Load load) {
        this.story = story;
        this.load = load;
        story.cluster.observe(this::changed);
        for (int i = 0; i < load.pods; i++) {
            Pod pod = pod("job-" + i);
            arriving.add(load.asWorkloads ? List.of(workload(i, pod)) : List.of(group(i), pod));
        }
        story.bus.listen(SchedulerContract.CYCLE_DONE.at(Story.CLUSTER), done -> cycles.add(done.cycleMicros()));
    }

    JsonObject measure() {
        long writesBefore = story.cluster.writes();
        long cpuBefore = cpuMillis();
        long start = System.nanoTime();
        story.vertx.runOnContext(turn -> {
            arrive(start);
            watchTheLoop(System.nanoTime());
        });
        story.await("all are bound", () -> bound.get() == load.pods);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new JsonObject()
                .put("nodes", story.cluster.list(Node.class).size())
                .put("pods", load.pods)
                .put("arrivingPerSecond", load.perSecond)
                .put("throughOperator", load.asWorkloads)
                .put("seconds", rounded(seconds))
                .put("boundPerSecond", Math.round(load.pods / seconds))
                .put("createdToBoundMillis", quantiles(latencies))
                .put("cycles", cycles.size())
                .put("cycleMicros", quantiles(cycles))
                .put("longestTurnMillis", longestTurn.get())
                .put("clusterWrites", story.cluster.writes() - writesBefore)
                .put(
                        "explanations",
                        Math.round(story.meters
                                .get("berth_scheduler_explanations_written_total")
                                .counter()
                                .count()))
                .put("cpuSeconds", rounded((cpuMillis() - cpuBefore) / 1e3));
    }

    private void arrive(long start) {
        long elapsedMillis = (System.nanoTime() - start) / 1_000_000;
        long due = Math.min(load.pods, elapsedMillis * load.perSecond / 1000 + 1);
        due = Math.min(due, created + MOST_IN_A_TURN);
        while (created < due) {
            create(created++);
        }
        if (created < load.pods) {
            story.vertx.setTimer(TICK_MILLIS, later -> arrive(start));
        }
    }

    /** How long an event loop of its own had to wait for its turn: whether somebody else leaves it none. */
    private void watchTheLoop(long before) {
        story.vertx.setTimer(TICK_MILLIS, later -> {
            long now = System.nanoTime();
            longestTurn.accumulateAndGet((now - before) / 1_000_000 - TICK_MILLIS, Math::max);
            watchTheLoop(now);
        });
    }

    private void create(int index) {
        createdAt.put(new ObjectKey(Pods.NAMESPACE, "job-" + index + "-0"), System.nanoTime());
        arriving.get(index).forEach(story.cluster::create);
    }

    private static Workload workload(int index, Pod pod) {
        Map<String, Quantity> asks =
                pod.getSpec().getContainers().get(0).getResources().getRequests();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        int devices = asks.containsKey(Labels.GPU_RESOURCE)
                ? Integer.parseInt(asks.get(Labels.GPU_RESOURCE).getAmount())
                : 0;
        String fraction = annotations.get(Labels.GPU_FRACTION_MILLI);
        return Story.workload(
                "vision",
                "job-" + index,
                1,
                fraction == null ? Story.gpus(devices) : Story.part(Integer.parseInt(fraction)),
                Long.parseLong(annotations.get(Labels.SIMULATED_RUN_MILLIS)));
    }

    private static PodGroup group(int index) {
        String name = "job-" + index;
        PodGroup group = new PodGroup();
        group.setMetadata(Pods.waiting(name, 0).getMetadata());
        PodGroup.Spec spec = new PodGroup.Spec();
        spec.queue = index % 3 == 0 ? "speech" : "vision";
        spec.nodePool = Labels.DEFAULT_POOL;
        spec.minMember = 1;
        spec.preemptible = true;
        spec.workload = name;
        group.setSpec(spec);
        return group;
    }

    /** A third each: a whole GPU, a part of one, none. */
    private Pod pod(String name) {
        int kind = random.nextInt(3);
        Pod pod = Pods.annotated(
                Pods.waiting(name + "-0", kind == 0 ? 1 + random.nextInt(load.gpus) : 0),
                Labels.SIMULATED_RUN_MILLIS,
                Long.toString(load.runMillis / 2 + random.nextLong(load.runMillis)));
        if (kind == 1) {
            pod = Pods.annotated(pod, Labels.GPU_FRACTION_MILLI, Integer.toString(100 * (1 + random.nextInt(9))));
        }
        Map<String, Quantity> amounts =
                pod.getSpec().getContainers().get(0).getResources().getRequests();
        Map<String, Quantity> own = new HashMap<>(amounts);
        own.put("cpu", new Quantity(500 * (1 + random.nextInt(8)) + "m"));
        own.put("memory", new Quantity(512 * (1 + random.nextInt(16)) + "Mi"));
        if (kind != 0) {
            own.remove(Labels.GPU_RESOURCE);
        }
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(Labels.POD_GROUP, name)
                .endMetadata()
                .editSpec()
                .editContainer(0)
                .withNewResources()
                .withRequests(own)
                .withLimits(own)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private void changed(Change<? extends HasMetadata> change) {
        change.match(
                reset -> {},
                upserted -> {
                    if (upserted.object() instanceof Pod pod && pod.getSpec().getNodeName() != null) {
                        Long since = createdAt.remove(ObjectKey.of(pod));
                        if (since != null) {
                            latencies.add((System.nanoTime() - since) / 1_000_000);
                            bound.incrementAndGet();
                        }
                    }
                },
                deleted -> {});
    }

    private static JsonObject quantiles(Iterable<Long> values) {
        List<Long> sorted = new ArrayList<>();
        values.forEach(sorted::add);
        Collections.sort(sorted);
        JsonObject quantiles = new JsonObject();
        if (!sorted.isEmpty()) {
            quantiles.put("p50", sorted.get(sorted.size() / 2));
            quantiles.put("p99", sorted.get(sorted.size() * 99 / 100));
            quantiles.put("max", sorted.get(sorted.size() - 1));
        }
        return quantiles;
    }

    private static long cpuMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
