package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** A small cluster drawn from a seed: nodes of several kinds in two pools, a queue tree, groups of every sort. */
final class RandomCluster {
    private static final List<String> MODELS = List.of("A100", "H100", "T4");
    private static final List<String> POOLS = List.of("default", "other");

    final List<Node> nodes = new ArrayList<>();
    final List<Queue> queues = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    private final SplittableRandom random;

    RandomCluster(long seed) {
        random = new SplittableRandom(seed);
        int nodeCount = 1 + random.nextInt(8);
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(node(i));
        }
        int queueCount = 1 + random.nextInt(6);
        for (int i = 0; i < queueCount; i++) {
            queues.add(queue(i));
        }
        int groupCount = 1 + random.nextInt(14);
        for (int i = 0; i < groupCount; i++) {
            group("g" + i, i);
        }
    }

    /** The state, told in an order that depends on the shuffle. */
    ClusterState state(long shuffle) {
        List<Runnable> told = new ArrayList<>();
        ClusterState state = new ClusterState();
        state.put(new Pool("other", Placement.SPREAD));
        nodes.forEach(node -> told.add(() -> state.put(node)));
        queues.forEach(queue -> told.add(() -> state.put(queue)));
        groups.forEach(group -> told.add(() -> state.put(group)));
        tasks.forEach(task -> told.add(() -> state.put(task)));
        if (shuffle != 0) {
            Collections.shuffle(told, new Random(shuffle));
        }
        told.forEach(Runnable::run);
        return state;
    }

    private Node node(int i) {
        int gpus = pick(0, 1, 2, 4, 8, 8);
        return new Node(
                "n" + i,
                POOLS.get(random.nextInt(5) == 0 ? 1 : 0),
                Map.of("zone", random.nextBoolean() ? "x" : "y"),
                pick(4, 16, 64) * 1000L,
                pick(8, 64, 256) * Story.GIB,
                pick(3, 30, 110),
                gpus,
                gpus == 0 ? "" : MODELS.get(random.nextInt(3)),
                pick(0, 16_384, 40_960),
                random.nextInt(10) > 0,
                random.nextInt(10) > 0);
    }

    private Queue queue(int i) {
        String parent = i == 0 || random.nextInt(3) == 0 ? "" : "q" + random.nextInt(i);
        Amount gpu = new Amount(pick(-1, 0, 1000, 3000, 8000), pick(-1, -1, 500, 2000, 9000), pick(0, 1, 1, 3));
        Amount cpu = random.nextInt(4) == 0 ? new Amount(8000, 24_000, 1) : Amount.FREE;
        return new Queue(
                "q" + i,
                parent,
                "q" + i,
                random.nextInt(5),
                Map.of("default", new Quota(pick(100, 100, 200), gpu, cpu, Amount.FREE)));
    }

    private void group(String name, int createdAt) {
        int members = pick(1, 1, 1, 2, 3, 5);
        int minimum = random.nextInt(3) == 0 ? 1 + random.nextInt(members) : members;
        boolean preemptible = random.nextInt(3) > 0;
        String queue = random.nextInt(20) == 0 ? "missing" : "q" + random.nextInt(queues.size());
        Group group = new Group(
                name,
                name,
                queue,
                POOLS.get(random.nextInt(6) == 0 ? 1 : 0),
                minimum,
                pick(50, 75, 100),
                preemptible,
                createdAt / 2);
        groups.add(group);
        Request request = request();
        for (int i = 0; i < members; i++) {
            tasks.add(Task.pending(name + "-" + i, name, i, random.nextInt(12) == 0 ? request() : request));
        }
    }

    private Request request() {
        GpuRequest gpu =
                switch (random.nextInt(6)) {
                    case 0 -> GpuRequest.NONE;
                    case 1 -> new GpuRequest.Fraction(1, pick(100, 250, 500, 810));
                    case 2 -> new GpuRequest.Fraction(2, pick(300, 500));
                    case 3 -> new GpuRequest.Memory(1, pick(2_000, 9_000, 20_000));
                    default -> new GpuRequest.Whole(pick(1, 1, 2, 4, 8));
                };
        return new Request(
                pick(0, 500, 2000, 8000),
                pick(0, 1, 4, 16) * Story.GIB,
                gpu,
                random.nextInt(5) == 0 ? Set.of(MODELS.get(random.nextInt(3))) : Set.of(),
                random.nextInt(8) == 0 ? Map.of("zone", "x") : Map.of());
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
