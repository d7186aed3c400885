package dev.berth.k8s.simulated;

import dev.berth.model.GpuKeys;
import dev.berth.model.Labels;
import dev.berth.model.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bound pod takes of its node, as a kubelet reads it: container requests, and the devices that the binding named.
 *
 * @param wholeGpus the containers' requests of {@code nvidia.com/gpu}
 * @param fractional whether it asks for a part of a device, which only a binding can name
 * @param devices indices that the binding named; empty: none
 * @param deviceMilli thousandths of each of them
 */
record PodNeeds(long cpuMilli, long memoryBytes, int wholeGpus, boolean fractional, int[] devices, int deviceMilli) {
    static PodNeeds of(Pod pod) {
        long cpu = 0;
        long memory = 0;
        int gpus = 0;
        for (Container container : pod.getSpec().getContainers()) {
            if (container.getResources() == null || container.getResources().getRequests() == null) {
                continue;
            }
            Map<String, Quantity> requests = container.getResources().getRequests();
            cpu += milli(requests.get("cpu"));
            memory += whole(requests.get("memory"));
            gpus += (int) whole(requests.get(Labels.GPU_RESOURCE));
        }
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        Map<String, String> labels = pod.getMetadata().getLabels();
        boolean fractional = gpus == 0 && GpuKeys.fractional(labels == null ? Map.of() : labels, annotations);
        int[] devices = devices(annotations.getOrDefault(Labels.ASSIGNED_GPUS, ""));
        int milli = Integer.parseInt(annotations.getOrDefault(Labels.ASSIGNED_GPU_MILLI, "1000"));
        return new PodNeeds(cpu, memory, gpus, fractional, devices, milli);
    }

    /** Reads {@code 1500m} or {@code 2} as thousandths. */
    static long milli(@Nullable Quantity quantity) {
        if (quantity == null) {
            return 0;
        }
        if ("m".equals(quantity.getFormat()) && isDigits(quantity.getAmount())) {
            return Long.parseLong(quantity.getAmount());
        }
        return quantity.getNumericalAmount().multiply(BigDecimal.valueOf(1000)).longValue();
    }

    /** Reads {@code 512Mi} or {@code 2} as bytes or pieces. */
    static long whole(@Nullable Quantity quantity) {
        if (quantity == null) {
            return 0;
        }
        if (isDigits(quantity.getAmount())) {
            if ("Mi".equals(quantity.getFormat())) {
                return Long.parseLong(quantity.getAmount()) * Resources.MIB;
            }
            if (quantity.getFormat() == null || quantity.getFormat().isEmpty()) {
                return Long.parseLong(quantity.getAmount());
            }
        }
        return quantity.getNumericalAmount().longValue();
    }

    private static boolean isDigits(String amount) {
        return !amount.isEmpty() && amount.length() <= 18 && amount.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int[] devices(String assigned) {
        if (assigned.isEmpty()) {
            return new int[0];
        }
        return Arrays.stream(assigned.split(",", -1))
                .mapToInt(index -> Integer.parseInt(index.strip()))
                .toArray();
    }
}
