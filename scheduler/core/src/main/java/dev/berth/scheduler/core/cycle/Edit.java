package dev.berth.scheduler.core.cycle;

import dev.berth.model.Explanation.Change;
import dev.berth.model.GpuRequest;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Gang;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.queue.Blocked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A change that a user could make to a waiting gang or to a quota, and the snapshot as it would be then. */
record Edit(Change change, UnaryOperator<Snapshot> apply, UnaryOperator<Request> onRequest) {
    private Edit(Change change, UnaryOperator<Snapshot> apply) {
        this(change, apply, UnaryOperator.identity());
    }

    /** What each pending task would ask for. */
    Request requestAfter(Gang gang) {
        return onRequest.apply(gang.pending().get(0).request());
    }

    /** Fewer tasks: a full gang shrinks, an elastic one starts with less. */
    static Edit workers(Gang gang, int workers) {
        Group group = gang.group();
        boolean elastic = gang.tasks().size() > group.minMember();
        Change change = new Change(
                elastic ? "minWorkers" : "workers",
                Integer.toString(group.minMember()),
                Integer.toString(workers),
                "With " + workers + (elastic ? " workers at least" : workers == 1 ? " worker" : " workers")
                        + " instead of " + group.minMember() + " it starts now.");
        List<Task> tasks = elastic ? gang.tasks() : gang.tasks().subList(0, workers);
        Gang changed = new Gang(group.withMinimum(workers), tasks);
        return new Edit(change, snapshot -> snapshot.with(changed));
    }

    static Edit preemptible(Gang gang) {
        Group group = gang.group();
        Group changed = group.asPreemptible();
        return new Edit(
                new Change("preemptible", "false", "true", "As a preemptible workload it may go over quota."),
                snapshot -> snapshot.with(new Gang(changed, gang.tasks())));
    }

    static Edit pool(Gang gang, String pool) {
        Group group = gang.group();
        Group changed = group.in(pool);
        return new Edit(
                new Change("nodePool", group.pool(), pool, "In node pool " + pool + " it starts now."),
                snapshot -> snapshot.with(new Gang(changed, gang.tasks())));
    }

    static Edit devices(Gang gang, int from, int devices) {
        return request(
                gang,
                new Change(
                        "resources.gpu.devices",
                        Integer.toString(from),
                        Integer.toString(devices),
                        "With " + devices + " instead of " + from + " GPUs a pod it starts now."),
                request -> withGpu(request, resized(request.gpu(), devices)));
    }

    private static GpuRequest resized(GpuRequest gpu, int devices) {
        return gpu.match(
                whole -> new GpuRequest.Whole(devices),
                fraction -> new GpuRequest.Fraction(devices, fraction.milli()),
                memory -> new GpuRequest.Memory(devices, memory.mib()));
    }

    static Edit fraction(Gang gang, int from, int milli) {
        return request(
                gang,
                new Change(
                        "resources.gpu.fractionMilli",
                        Integer.toString(from),
                        Integer.toString(milli),
                        "With " + Dimension.GPU.say(milli) + " instead of " + Dimension.GPU.say(from)
                                + " a device it starts now."),
                request ->
                        withGpu(request, new GpuRequest.Fraction(request.gpu().devices(), milli)));
    }

    static Edit cpu(Gang gang, long from, long cpuMilli) {
        return request(
                gang,
                new Change(
                        "resources.cpuMilli",
                        Long.toString(from),
                        Long.toString(cpuMilli),
                        "With " + Dimension.CPU.say(cpuMilli) + " instead of " + Dimension.CPU.say(from)
                                + " a pod it starts now."),
                request -> request.withAmounts(cpuMilli, request.memoryBytes(), request.gpu()));
    }

    static Edit memory(Gang gang, long fromMib, long mib) {
        long bytes = mib * Resources.MIB;
        return request(
                gang,
                new Change(
                        "resources.memoryMib",
                        Long.toString(fromMib),
                        Long.toString(mib),
                        "With " + Dimension.MEMORY.say(bytes) + " of memory a pod it starts now."),
                request -> request.withAmounts(request.cpuMilli(), bytes, request.gpu()));
    }

    static Edit model(Gang gang, Set<String> from, String more) {
        Set<String> models = new TreeSet<>(from);
        models.add(more);
        return request(
                gang,
                new Change(
                        "gpuModels",
                        String.join(",", from),
                        String.join(",", models),
                        "With GPUs of " + more + " admitted too it starts now."),
                request -> request.withNodes(models, request.nodeSelector()));
    }

    static Edit noSelector(Gang gang, String from) {
        return request(
                gang,
                new Change("nodeSelector", from, "", "Without a node selector it starts now."),
                request -> request.withNodes(request.gpuModels(), Map.of()));
    }

    /** More quota, or a higher limit, of one queue. */
    static Edit amount(Blocked.Full full, String pool, boolean limit) {
        Dimension dimension = full.dimension();
        Queue queue = full.at().queue;
        long to = full.held() + full.asked();
        String word = limit ? "limit" : "quota";
        Change change = new Change(
                word + "." + queue.name() + "." + dimension.field(),
                Long.toString(dimension.inField(full.allowed())),
                Long.toString(dimension.inField(to)),
                "With a " + word + " of " + dimension.say(to) + " for " + queue.name() + " it starts now.");
        return new Edit(
                change, snapshot -> snapshot.withQueue(queue.id(), old -> raised(old, pool, dimension, limit, to)));
    }

    private static Queue raised(Queue queue, String pool, Dimension dimension, boolean limit, long to) {
        Quota quota = queue.in(pool);
        Amount old = dimension.of(quota);
        long whole = dimension == Dimension.MEMORY ? dimension.inField(to) * Resources.MIB : to;
        Amount changed = limit
                ? new Amount(old.quota(), whole, old.overQuotaWeight())
                : new Amount(whole, old.limit(), old.overQuotaWeight());
        Map<String, Quota> quotas = new TreeMap<>(queue.quotas());
        quotas.put(pool, dimension.with(quota, changed));
        return new Queue(queue.id(), queue.parent(), queue.name(), queue.createdAtMillis(), quotas, queue.protection());
    }

    private static Edit request(Gang gang, Change change, UnaryOperator<Request> edit) {
        List<Task> tasks = gang.tasks().stream()
                .map(task -> task.state() == Task.State.PENDING ? task.asking(edit.apply(task.request())) : task)
                .toList();
        Gang changed = new Gang(gang.group(), tasks);
        return new Edit(change, snapshot -> snapshot.with(changed), edit);
    }

    private static Request withGpu(Request request, GpuRequest gpu) {
        return request.withAmounts(request.cpuMilli(), request.memoryBytes(), gpu);
    }
}
