package dev.berth.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what a cluster became, from its nodes, queues and placed tasks alone: nothing of the scheduler's own accounting. */
final class Audit {
    private final List<Node> nodes;
    private final List<Queue> queues;
    private final Map<String, Group> groups = new HashMap<>();
    private final List<Task> placed;

    Audit(RandomCluster cluster, ClusterState state) {
        this.nodes = cluster.nodes;
        this.queues = cluster.queues;
        cluster.groups.forEach(group -> groups.put(group.id(), group));
        this.placed = cluster.tasks.stream()
                .map(task -> state.task(task.id()))
                .filter(task -> task != null && task.spot() != null)
                .toList();
    }

    void nothingIsOverCapacity() {
        for (Node node : nodes) {
            List<Task> here = placed.stream()
                    .filter(task -> task.spot().node().equals(node.name()))
                    .toList();
            int[] milli = new int[node.gpus()];
            here.forEach(task -> task.spot()
                    .devices()
                    .forEach(device -> milli[device] += task.spot().milliPerDevice()));
            assertThat(Arrays.stream(milli).allMatch(used -> used <= 1000))
                    .as(node.name())
                    .isTrue();
            assertThat(here.stream()
                            .mapToLong(task -> task.request().cpuMilli())
                            .sum())
                    .isLessThanOrEqualTo(node.cpuMilli());
            assertThat(here.stream()
                            .mapToLong(task -> task.request().memoryBytes())
                            .sum())
                    .isLessThanOrEqualTo(node.memoryBytes());
            assertThat(here.size()).isLessThanOrEqualTo(node.pods());
            here.forEach(task -> suits(task, node));
        }
    }

    private void suits(Task task, Node node) {
        Request request = task.request();
        assertThat(node.ready() && node.schedulable()).isTrue();
        assertThat(node.pool()).isEqualTo(groups.get(task.group()).pool());
        assertThat(request.gpuModels().isEmpty() || request.gpuModels().contains(node.gpuModel()))
                .isTrue();
        assertThat(node.labels()).containsAllEntriesOf(request.nodeSelector());
        assertThat(task.spot().devices()).hasSize(request.gpu().devices()).doesNotHaveDuplicates();
        long needed = request.gpu()
                .match(
                        whole -> whole.devices() * 1000L * node.gpuMemoryMib(),
                        fraction -> fraction.milli() * node.gpuMemoryMib(),
                        memory -> memory.mib() * 1000);
        if (request.gpu().devices() > 0) {
            assertThat((long) task.spot().milliPerDevice() * node.gpuMemoryMib())
                    .isGreaterThanOrEqualTo(needed / request.gpu().devices());
        }
    }

    void gangsAreWhole() {
        Map<String, Integer> counts = new HashMap<>();
        placed.forEach(task -> counts.merge(task.group(), 1, Integer::sum));
        counts.forEach((group, count) -> assertThat(count)
                .as(group)
                .isGreaterThanOrEqualTo(groups.get(group).minMember()));
    }

    void limitsAndQuotasHold() {
        Map<String, Queue> byId = new HashMap<>();
        queues.forEach(queue -> byId.put(queue.id(), queue));
        for (String pool : List.of("default", "other")) {
            for (Queue queue : queues) {
                long[] all = new long[2];
                long[] firm = new long[2];
                for (Task task : placed) {
                    Group group = groups.get(task.group());
                    if (group.pool().equals(pool) && below(group.queue(), queue.id(), byId)) {
                        add(all, task);
                        if (!group.preemptible()) {
                            add(firm, task);
                        }
                    }
                }
                Quota quota = queue.in(pool);
                holds(queue, quota.gpuMilli(), all[0], firm[0]);
                holds(queue, quota.cpuMilli(), all[1], firm[1]);
            }
        }
    }

    private static void add(long[] sum, Task task) {
        sum[0] += (long) task.spot().devices().size() * task.spot().milliPerDevice();
        sum[1] += task.request().cpuMilli();
    }

    private static void holds(Queue queue, Amount amount, long all, long firm) {
        assertThat(amount.limit() == -1 || all <= amount.limit())
                .as("limit of " + queue)
                .isTrue();
        assertThat(amount.quota() == -1 || firm <= amount.quota())
                .as("quota of " + queue)
                .isTrue();
    }

    private static boolean below(String start, String ancestor, Map<String, Queue> byId) {
        for (Queue at = byId.get(start); at != null; at = byId.get(at.parent())) {
            if (at.id().equals(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
