package dev.berth.scheduler.bench;

import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.ClusterState;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A cluster of equal nodes with 8 GPUs, as KAI's benchmarks have it, filled with jobs told one after the other. */
final class Fleet {
    static final int GPUS = 8;
    private static final int TRAIN = 50;
    private static final long GIB = 1024 * Resources.MIB;

    private final ClusterState state = new ClusterState();
    private final int nodes;
    private int queues;
    private int groups;

    Fleet(int nodes) {
        this(nodes, Map.of());
    }

    Fleet(int nodes, Map<String, String> labels) {
        this.nodes = nodes;
        for (int i = 0; i < nodes; i++) {
            state.put(new Node(
                    node(i), Labels.DEFAULT_POOL, labels, 96_000, 1024 * GIB, 110, GPUS, "H100", 80_000, true, true));
        }
    }

    ClusterState state() {
        return state;
    }

    int gpus() {
        return nodes * GPUS;
    }

    /** Queues that share the GPUs equally, half of them in each of two departments. */
    Fleet equalQueues(int count) {
        return departments(2, count);
    }

    Fleet departments(int departments, int count) {
        for (int i = 0; i < departments; i++) {
            queue("department-" + i, "", (long) gpus() * 1000 / departments);
        }
        for (int i = 0; i < count; i++) {
            queue("queue-" + i, "department-" + i * departments / count, (long) gpus() * 1000 / count);
        }
        queues = count;
        return this;
    }

    /** One queue that deserves nothing and one that deserves everything. */
    Fleet poorAndRich() {
        queue("queue-0", "", 0);
        queue("queue-1", "", (long) gpus() * 1000);
        queues = 2;
        return this;
    }

    /** Jobs of one task with one GPU, dealt to the queues in turn. */
    Fleet pending(int jobs) {
        for (int i = 0; i < jobs; i++) {
            pendingGang("queue-" + i % queues, 1, 1, TRAIN);
        }
        return this;
    }

    Fleet pendingGang(String queue, int members, int gpus, int priority) {
        String id = group(queue, members, priority);
        for (int i = 0; i < members; i++) {
            state.put(Task.pending(id + "-" + i, id, i, request(gpus)));
        }
        return this;
    }

    /** Running jobs of one task with one GPU, dealt to the queues in turn and to the nodes as {@code layout} says. */
    Fleet running(int jobs, Layout layout) {
        for (int i = 0; i < jobs; i++) {
            runningIn("queue-" + i % queues, layout.node(i, nodes), layout.device(i, nodes));
        }
        return this;
    }

    Fleet runningIn(String queue, int node, int device) {
        String id = group(queue, 1, TRAIN);
        state.put(Task.pending(id + "-0", id, 0, request(1)).running(new Spot(node(node), List.of(device), 1000)));
        return this;
    }

    static Request request(int gpus) {
        return Request.of(1_000, GIB, gpus == 0 ? GpuRequest.NONE : new GpuRequest.Whole(gpus));
    }

    static String node(int index) {
        return String.format(Locale.ROOT, "node-%05d", index);
    }

    private String group(String queue, int members, int priority) {
        String id = String.format(Locale.ROOT, "job-%06d", groups);
        state.put(new Group(id, id, queue, Labels.DEFAULT_POOL, members, priority, priority < 100, groups++));
        return id;
    }

    private void queue(String id, String parent, long milli) {
        Amount gpu = new Amount(milli, Amount.UNLIMITED, 1);
        Quota quota = new Quota(Quota.DEFAULT_PRIORITY, gpu, Amount.FREE, Amount.FREE);
        state.put(new Queue(id, parent, id, queues++, Map.of(Labels.DEFAULT_POOL, quota)));
    }

    /** Where the i-th running job is. */
    enum Layout {
        /** Node after node is filled. */
        PACKED {
            @Override
            int node(int job, int nodes) {
                return job / GPUS;
            }

            @Override
            int device(int job, int nodes) {
                return job % GPUS;
            }
        },
        /** One on each node, then a second one, and so on. */
        SPREAD {
            @Override
            int node(int job, int nodes) {
                return job % nodes;
            }

            @Override
            int device(int job, int nodes) {
                return job / nodes;
            }
        };

        abstract int node(int job, int nodes);

        abstract int device(int job, int nodes);
    }
}
