package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.cycle.Cycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A small cluster told as a story: {@code cluster().node("n1", gpus(8)).queue("a", quota(4)).gang("train", "a", 2, gpu(4))}. */
final class Story {
    static final long GIB = 1024 * Resources.MIB;

    private final List<Pool> pools = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Queue> queues = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();

    static Story cluster() {
        return new Story();
    }

    static Node gpus(int gpus) {
        return new Node("", Labels.DEFAULT_POOL, Map.of(), 64_000, 512 * GIB, 110, gpus, "A100", 40_000, true, true);
    }

    static UnaryOperator<Node> model(String model) {
        return node -> new Node(
                node.name(),
                node.pool(),
                node.labels(),
                node.cpuMilli(),
                node.memoryBytes(),
                node.pods(),
                node.gpus(),
                model,
                node.gpuMemoryMib(),
                node.ready(),
                node.schedulable());
    }

    static Amount quota(long gpus) {
        return new Amount(gpus * 1000, Amount.UNLIMITED, 1);
    }

    static Amount limit(long quotaGpus, long limitGpus) {
        return new Amount(quotaGpus * 1000, limitGpus * 1000, 1);
    }

    static Request gpu(int count) {
        return Request.of(1_000, GIB, new GpuRequest.Whole(count));
    }

    static Request part(int milli) {
        return Request.of(1_000, GIB, new GpuRequest.Fraction(1, milli));
    }

    static Request parts(int devices, int milli) {
        return Request.of(1_000, GIB, new GpuRequest.Fraction(devices, milli));
    }

    static Request mib(long mib) {
        return Request.of(1_000, GIB, new GpuRequest.Memory(1, mib));
    }

    static Request cores(int cores) {
        return Request.of(cores * 1000L, GIB, GpuRequest.NONE);
    }

    static Request of(Request request, String... models) {
        return new Request(
                request.cpuMilli(), request.memoryBytes(), request.gpu(), Set.of(models), request.nodeSelector());
    }

    static Request on(Request request, String key, String value) {
        return new Request(
                request.cpuMilli(), request.memoryBytes(), request.gpu(), request.gpuModels(), Map.of(key, value));
    }

    Story pool(String name, Placement placement) {
        pools.add(new Pool(name, placement));
        return this;
    }

    Story node(String name, Node like) {
        return nodeIn(like.pool(), name, like, like.labels());
    }

    Story nodeIn(String pool, String name, Node like, Map<String, String> labels) {
        nodes.add(new Node(
                name,
                pool,
                labels,
                like.cpuMilli(),
                like.memoryBytes(),
                like.pods(),
                like.gpus(),
                like.gpuModel(),
                like.gpuMemoryMib(),
                like.ready(),
                like.schedulable()));
        return this;
    }

    Story queue(String name, Amount gpu) {
        return queue(name, "", gpu);
    }

    Story queue(String name, String parent, Amount gpu) {
        return queue(name, parent, new Quota(100, gpu, Amount.FREE, Amount.FREE));
    }

    Story queue(String name, String parent, Quota quota) {
        queues.add(new Queue(name, parent, name, queues.size(), Map.of(Labels.DEFAULT_POOL, quota)));
        return this;
    }

    /** A full gang of preemptible priority. */
    Story gang(String name, String queue, int members, Request request) {
        return group(
                new Group(name, name, queue, Labels.DEFAULT_POOL, members, 50, true, groups.size()), members, request);
    }

    Story fixed(String name, String queue, int members, Request request) {
        return group(
                new Group(name, name, queue, Labels.DEFAULT_POOL, members, 100, false, groups.size()),
                members,
                request);
    }

    Story elastic(String name, String queue, int minimum, int members, Request request) {
        return group(
                new Group(name, name, queue, Labels.DEFAULT_POOL, minimum, 50, true, groups.size()), members, request);
    }

    Story group(Group group, int members, Request request) {
        groups.add(group);
        for (int i = 0; i < members; i++) {
            tasks.add(Task.pending(group.id() + "-" + i, group.id(), i, request));
        }
        return this;
    }

    Story running(String name, String queue, Request request, String node, Integer... devices) {
        groups.add(new Group(name, name, queue, Labels.DEFAULT_POOL, 1, 50, true, groups.size()));
        int milli = Devices.milli(request.gpu(), 40_000);
        tasks.add(Task.pending(name + "-0", name, 0, request)
                .running(new Spot(node, List.of(devices), devices.length == 0 ? 0 : milli)));
        return this;
    }

    Story leaving(String name, String queue, Request request, String node, Integer... devices) {
        running(name, queue, request, node, devices);
        tasks.set(tasks.size() - 1, tasks.get(tasks.size() - 1).releasing());
        return this;
    }

    Story foreign(String name, Request request, String node) {
        tasks.add(Task.pending(name, "", 0, request).running(new Spot(node, List.of(), 0)));
        return this;
    }

    ClusterState state() {
        ClusterState state = new ClusterState();
        pools.forEach(state::put);
        nodes.forEach(state::put);
        queues.forEach(state::put);
        groups.forEach(state::put);
        tasks.forEach(state::put);
        return state;
    }

    Snapshot snapshot() {
        return state().snapshot(1_000_000);
    }

    CycleReport run() {
        return new Cycle().run(snapshot(), Policy.STANDARD);
    }

    /** Node by task, of what is bound. */
    static Map<String, String> binds(CycleReport report) {
        Map<String, String> binds = new TreeMap<>();
        for (Statement statement : report.statements()) {
            statement.match(bind -> binds.put(bind.task(), bind.node()), pipeline -> "", evict -> "");
        }
        return binds;
    }

    static Statement.Bind bind(CycleReport report, String task) {
        return report.statements().stream()
                .filter(Statement.Bind.class::isInstance)
                .map(Statement.Bind.class::cast)
                .filter(bind -> bind.task().equals(task))
                .findFirst()
                .orElseThrow();
    }
}
