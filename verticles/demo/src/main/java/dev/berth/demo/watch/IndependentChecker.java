package dev.berth.demo.watch;

import dev.berth.k8s.client.Change;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts again what every node and GPU holds, from the cluster's own events and nothing else: it shares no code with the
 * scheduler, the operator or the kubelets. Told of every write under the cluster's lock, so nothing can slip through between
 * two looks. Thread-safe.
 */
public final class IndependentChecker implements Consumer<Change<? extends HasMetadata>> {
    private static final int EXAMPLES = 20;
    private static final long DEVICE_MILLI = 1000;

    /** What a node has and holds. */
    private static final class Books {
        private BigDecimal cpu = BigDecimal.ZERO;
        private BigDecimal memory = BigDecimal.ZERO;
        private int pods;
        private long[] deviceMilli = new long[0];
        private BigDecimal usedCpu = BigDecimal.ZERO;
        private BigDecimal usedMemory = BigDecimal.ZERO;
        private int usedPods;
    }

    /** What a bound pod holds. */
    private record Holding(
            String uid, String node, BigDecimal cpu, BigDecimal memory, List<Integer> devices, long milli) {}

    private final LongSupplier wallMillis;
    private final Map<String, Books> nodes = new HashMap<>();
    private final Map<String, Holding> held = new HashMap<>();
    private final Map<String, Holding> everBound = new HashMap<>();
    private final Map<String, Long> boundAt = new HashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long heldMilli;
    private long capacityMilli;
    private long peakMilli;
    private int duplicateBindings;
    private int takenAway;
    private int overcommitViolations;

    public IndependentChecker(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    @Override
    public synchronized void accept(Change<? extends HasMetadata> change) {
        change.match(
                reset -> reset.all().forEach(this::seen),
                upserted -> seen(upserted.object()),
                deleted -> gone(deleted.object()));
    }

    private void seen(HasMetadata object) {
        if (object instanceof Node node) {
            learn(node);
        } else if (object instanceof Pod pod) {
            account(pod);
        }
    }

    private void gone(HasMetadata object) {
        if (object instanceof Pod pod) {
            String key = key(pod);
            if (held.containsKey(key)) {
                // It went before its work was done: evicted or stopped. One that is made anew may be bound anew.
                takenAway++;
                everBound.remove(key);
            }
            release(key);
        }
    }

    private void learn(Node node) {
        Map<String, Quantity> allocatable = node.getStatus().getAllocatable();
        Books books = nodes.computeIfAbsent(node.getMetadata().getName(), name -> new Books());
        books.cpu = amount(allocatable.get("cpu"));
        books.memory = amount(allocatable.get("memory"));
        books.pods = amount(allocatable.get("pods")).intValue();
        int devices = amount(allocatable.get(Labels.GPU_RESOURCE)).intValue();
        capacityMilli += (devices - books.deviceMilli.length) * DEVICE_MILLI;
        books.deviceMilli = Arrays.copyOf(books.deviceMilli, devices);
    }

    private void account(Pod pod) {
        String node = pod.getSpec().getNodeName();
        if (node == null || node.isEmpty()) {
            return;
        }
        String key = key(pod);
        if (isOver(pod)) {
            release(key);
            return;
        }
        Holding holding = holding(pod, node);
        Holding before = everBound.putIfAbsent(key, holding);
        if (before != null) {
            if (!before.equals(holding)) {
                duplicateBindings++;
                note(key + " was bound twice: " + before + ", then " + holding);
            }
            return;
        }
        boundAt.putIfAbsent(workload(pod), wallMillis.getAsLong());
        hold(key, holding);
    }

    private void hold(String key, Holding holding) {
        Books books = nodes.get(holding.node());
        if (books == null) {
            violation(key + " is bound to " + holding.node() + ", which does not exist");
            return;
        }
        held.put(key, holding);
        books.usedCpu = books.usedCpu.add(holding.cpu());
        books.usedMemory = books.usedMemory.add(holding.memory());
        books.usedPods++;
        if (books.usedCpu.compareTo(books.cpu) > 0
                || books.usedMemory.compareTo(books.memory) > 0
                || books.usedPods > books.pods) {
            violation(holding.node() + " holds more CPU, memory or pods than it has, with " + key);
        }
        for (int device : holding.devices()) {
            if (device < 0 || device >= books.deviceMilli.length) {
                violation(key + " holds GPU " + device + " of " + holding.node() + ", which has "
                        + books.deviceMilli.length);
                continue;
            }
            books.deviceMilli[device] += holding.milli();
            heldMilli += holding.milli();
            if (books.deviceMilli[device] > DEVICE_MILLI) {
                violation("GPU " + device + " of " + holding.node() + " holds " + books.deviceMilli[device]
                        + " thousandths, with " + key);
            }
        }
        peakMilli = Math.max(peakMilli, heldMilli);
    }

    private void release(String key) {
        Holding holding = held.remove(key);
        if (holding == null) {
            return;
        }
        Books books = nodes.get(holding.node());
        if (books == null) {
            return;
        }
        books.usedCpu = books.usedCpu.subtract(holding.cpu());
        books.usedMemory = books.usedMemory.subtract(holding.memory());
        books.usedPods--;
        for (int device : holding.devices()) {
            if (device >= 0 && device < books.deviceMilli.length) {
                books.deviceMilli[device] -= holding.milli();
                heldMilli -= holding.milli();
            }
        }
    }

    private Holding holding(Pod pod, String node) {
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        int wholeDevices = 0;
        for (Container container : pod.getSpec().getContainers()) {
            Map<String, Quantity> requests = container.getResources() == null
                    ? Map.of()
                    : container.getResources().getRequests();
            cpu = cpu.add(amount(requests.get("cpu")));
            memory = memory.add(amount(requests.get("memory")));
            wholeDevices += amount(requests.get(Labels.GPU_RESOURCE)).intValue();
        }
        List<Integer> devices = devices(pod);
        long milli = milli(pod, wholeDevices);
        if (wholeDevices > 0 && (devices.size() != wholeDevices || milli != DEVICE_MILLI)) {
            violation(key(pod) + " asked for " + wholeDevices + " whole GPUs, but got " + devices + " × " + milli);
        }
        return new Holding(String.valueOf(pod.getMetadata().getUid()), node, cpu, memory, devices, milli);
    }

    private static long milli(Pod pod, int wholeDevices) {
        String assigned = annotation(pod, Labels.ASSIGNED_GPU_MILLI);
        return assigned != null ? Long.parseLong(assigned) : wholeDevices > 0 ? DEVICE_MILLI : 0;
    }

    private static List<Integer> devices(Pod pod) {
        String assigned = annotation(pod, Labels.ASSIGNED_GPUS);
        if (assigned == null || assigned.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(assigned.split(",")).map(Integer::valueOf).sorted().toList();
    }

    private static @Nullable String annotation(Pod pod, String key) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static BigDecimal amount(@Nullable Quantity quantity) {
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private static String workload(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(Labels.WORKLOAD_ID, "");
    }

    private void violation(String what) {
        overcommitViolations++;
        note(what);
    }

    private void note(String what) {
        if (examples.size() < EXAMPLES) {
            examples.add(what);
        }
    }

    public synchronized int duplicateBindings() {
        return duplicateBindings;
    }

    /** Bound pods that were evicted or stopped before they ended. */
    public synchronized int takenAway() {
        return takenAway;
    }

    public synchronized int overcommitViolations() {
        return overcommitViolations;
    }

    /** Some of what was wrong, in words. */
    public synchronized List<String> examples() {
        return List.copyOf(examples);
    }

    /** Part of the GPUs that is held now, 0 to 1. */
    public synchronized double allocation() {
        return capacityMilli == 0 ? 0 : (double) heldMilli / capacityMilli;
    }

    /** The largest part of the GPUs that was ever held, 0 to 1. */
    public synchronized double peakAllocation() {
        return capacityMilli == 0 ? 0 : (double) peakMilli / capacityMilli;
    }

    public synchronized int nodes() {
        return nodes.size();
    }

    public synchronized int gpus() {
        return (int) (capacityMilli / DEVICE_MILLI);
    }

    /** Wall time at which the last pod of each workload was bound, by workload id. */
    public synchronized Map<String, Long> boundAt() {
        return Map.copyOf(boundAt);
    }
}
