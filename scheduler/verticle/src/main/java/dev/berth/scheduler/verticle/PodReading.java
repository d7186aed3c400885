package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.GpuKeys;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pod as the core sees it: a task, or nothing when it takes no room and never will. */
final class PodReading {
    private static final int WHOLE_MILLI = 1_000;

    private PodReading() {}

    static String id(Pod pod) {
        return ObjectKey.of(pod).toString();
    }

    /** Name of the group that the pod waits with; empty for a pod of another scheduler. */
    static String group(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String group = labels == null ? null : labels.get(Labels.POD_GROUP);
        boolean ours = Labels.SCHEDULER_NAME.equals(pod.getSpec().getSchedulerName());
        return ours && group != null ? new ObjectKey(pod.getMetadata().getNamespace(), group).toString() : "";
    }

    /**
     * The pod as a task.
     *
     * @param known the task that was told of it before, whose request still holds: what a pod asks for never changes
     */
    static Optional<Task> task(Pod pod, @Nullable Task known) {
        if (ended(pod)) {
            return Optional.empty();
        }
        String node = pod.getSpec().getNodeName();
        boolean bound = node != null && !node.isEmpty();
        boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
        String group = group(pod);
        if (!bound && (leaving || group.isEmpty() || gated(pod))) {
            return Optional.empty();
        }
        Request request = known != null ? known.request() : request(pod);
        Task pending = Task.pending(id(pod), group, order(pod), request);
        if (!bound) {
            return Optional.of(pending);
        }
        Task running = pending.running(spot(pod, node, request));
        return Optional.of(leaving ? running.releasing() : running);
    }

    /** A pod whose node affinity says more than the core understands must wait: bound anywhere, it might be in the wrong place. */
    static boolean understood(Pod pod) {
        return models(pod.getSpec()) != null;
    }

    /** Whether it did its work. One that failed did not: its group lacks it. */
    static boolean succeeded(Pod pod) {
        return pod.getStatus() != null && "Succeeded".equals(pod.getStatus().getPhase());
    }

    private static boolean ended(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static boolean gated(Pod pod) {
        return !pod.getSpec().getSchedulingGates().isEmpty() || !understood(pod);
    }

    private static int order(Pod pod) {
        String name = pod.getMetadata().getName();
        int at = name.length();
        while (at > 0 && name.length() - at < 9 && Character.isDigit(name.charAt(at - 1))) {
            at--;
        }
        return at == name.length() ? 0 : Integer.parseInt(name.substring(at));
    }

    private static Spot spot(Pod pod, String node, Request request) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String devices = annotations == null ? null : annotations.get(Labels.ASSIGNED_GPUS);
        String milli = annotations == null ? null : annotations.get(Labels.ASSIGNED_GPU_MILLI);
        List<Integer> indices = indices(devices);
        int standard = request.gpu()
                .match(
                        whole -> whole.devices() == 0 ? 0 : WHOLE_MILLI,
                        fraction -> fraction.milli(),
                        memory -> WHOLE_MILLI);
        return new Spot(node, indices, Numbers.whole(milli, standard));
    }

    private static List<Integer> indices(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        Set<Integer> indices = new java.util.TreeSet<>();
        for (String part : text.split(",", GpuRequest.MAX_DEVICES + 1)) {
            int index = Numbers.whole(part, -1);
            if (index >= 0 && index < GpuRequest.MAX_DEVICES) {
                indices.add(index);
            }
        }
        return List.copyOf(indices);
    }

    private static Request request(Pod pod) {
        PodSpec spec = pod.getSpec();
        long cpuMilli = Math.max(sum(spec.getContainers(), "cpu"), most(spec.getInitContainers(), "cpu"));
        long memory = Math.max(sum(spec.getContainers(), "memory"), most(spec.getInitContainers(), "memory"));
        if (spec.getOverhead() != null) {
            cpuMilli += Numbers.amount(spec.getOverhead().get("cpu"), "cpu");
            memory += Numbers.amount(spec.getOverhead().get("memory"), "memory");
        }
        Map<String, String> selector = spec.getNodeSelector() == null ? Map.of() : spec.getNodeSelector();
        Set<String> models = models(spec);
        return new Request(cpuMilli, memory, gpu(pod), models == null ? Set.of() : models, selector);
    }

    private static GpuRequest gpu(Pod pod) {
        long whole = sum(pod.getSpec().getContainers(), Labels.GPU_RESOURCE);
        if (whole > 0) {
            return new GpuRequest.Whole((int) Math.min(whole, GpuRequest.MAX_DEVICES));
        }
        Map<String, String> labels = pod.getMetadata().getLabels();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return GpuKeys.read(labels == null ? Map.of() : labels, annotations == null ? Map.of() : annotations)
                .request();
    }

    /** The GPU models that the required node affinity admits: empty for any, null when it says something else. */
    private static @Nullable Set<String> models(PodSpec spec) {
        Affinity affinity = spec.getAffinity();
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return Set.of();
        }
        Set<String> models = new HashSet<>();
        List<NodeSelectorTerm> terms = affinity.getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
        for (NodeSelectorTerm term : terms) {
            List<NodeSelectorRequirement> all = new ArrayList<>(term.getMatchExpressions());
            if (all.size() != 1 || !term.getMatchFields().isEmpty() || !saysModels(all.get(0))) {
                return null;
            }
            models.addAll(all.get(0).getValues());
        }
        return models;
    }

    private static boolean saysModels(NodeSelectorRequirement one) {
        return Labels.GPU_MODEL.equals(one.getKey()) && "In".equals(one.getOperator());
    }

    private static long sum(List<Container> containers, String resource) {
        long sum = 0;
        for (Container container : containers) {
            sum += requested(container, resource);
        }
        return sum;
    }

    private static long most(List<Container> containers, String resource) {
        long most = 0;
        for (Container container : containers) {
            most = Math.max(most, requested(container, resource));
        }
        return most;
    }

    /** The request; a limit without a request is one, as the API server would have it. */
    private static long requested(Container container, String resource) {
        if (container.getResources() == null) {
            return 0;
        }
        var requests = container.getResources().getRequests();
        var limits = container.getResources().getLimits();
        var amount = requests == null ? null : requests.get(resource);
        if (amount == null && limits != null) {
            amount = limits.get(resource);
        }
        return Numbers.amount(amount, resource);
    }
}
