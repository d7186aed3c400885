package dev.berth.k8s.simulated;

import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one kubelet has given away. It counts for itself and believes no scheduler. */
final class NodeLedger {
    /** Why a pod is not admitted: a kubelet's own words. */
    record Rejection(String reason, String message) {}

    /** What an admitted pod holds until it is released. */
    record Grant(PodNeeds needs, int[] devices) {}

    private static final int WHOLE = 1000;

    private long cpuMilli;
    private long memoryBytes;
    private long pods;
    private int[] usedDeviceMilli = new int[0];
    private int devices;
    private long usedCpuMilli;
    private long usedMemoryBytes;
    private long usedPods;

    void capacity(Node node) {
        Map<String, Quantity> allocatable =
                node.getStatus() == null ? Map.of() : node.getStatus().getAllocatable();
        cpuMilli = PodNeeds.milli(allocatable.get("cpu"));
        memoryBytes = PodNeeds.whole(allocatable.get("memory"));
        pods = allocatable.containsKey("pods") ? PodNeeds.whole(allocatable.get("pods")) : 110;
        devices = (int) PodNeeds.whole(allocatable.get(Labels.GPU_RESOURCE));
        usedDeviceMilli = Arrays.copyOf(usedDeviceMilli, Math.max(devices, usedDeviceMilli.length));
    }

    /** Takes what the pod needs; {@code grant} is told what it got, unless a rejection is returned. */
    @Nullable
    Rejection admit(PodNeeds needs, java.util.function.Consumer<Grant> grant) {
        if (usedPods + 1 > pods) {
            return out("pods", 1, usedPods, pods);
        }
        if (usedCpuMilli + needs.cpuMilli() > cpuMilli) {
            return out("cpu", needs.cpuMilli(), usedCpuMilli, cpuMilli);
        }
        if (usedMemoryBytes + needs.memoryBytes() > memoryBytes) {
            return out("memory", needs.memoryBytes(), usedMemoryBytes, memoryBytes);
        }
        int[] given = needs.devices().length == 0 ? freeDevices(needs.wholeGpus()) : needs.devices();
        Rejection rejection = rejectDevices(needs, given);
        if (rejection != null) {
            return rejection;
        }
        Grant granted = new Grant(needs, given);
        add(granted, 1);
        grant.accept(granted);
        return null;
    }

    void release(Grant grant) {
        add(grant, -1);
    }

    private @Nullable Rejection rejectDevices(PodNeeds needs, int[] given) {
        boolean named = needs.devices().length > 0;
        if (needs.fractional() && !named) {
            return unexpected("it asks for a part of a GPU, but its binding names no device");
        }
        if (given.length < needs.wholeGpus()) {
            return out(Labels.GPU_RESOURCE, needs.wholeGpus(), devices - freeDevices(devices).length, devices);
        }
        if (named && needs.wholeGpus() > 0 && (given.length != needs.wholeGpus() || needs.deviceMilli() != WHOLE)) {
            return unexpected("it asks for " + needs.wholeGpus() + " whole GPUs, but its binding names " + given.length
                    + " devices with " + needs.deviceMilli() + " thousandths each");
        }
        int[] wanted = new int[devices];
        for (int device : given) {
            if (device < 0 || device >= devices) {
                return unexpected("its binding names device " + device + " of " + devices);
            }
            wanted[device] += needs.deviceMilli();
            if (needs.deviceMilli() < 1 || usedDeviceMilli[device] + wanted[device] > WHOLE) {
                return unexpected("device " + device + " has " + (WHOLE - usedDeviceMilli[device])
                        + " thousandths free, but its binding takes " + wanted[device]);
            }
        }
        return null;
    }

    private int[] freeDevices(int count) {
        int[] free = new int[count];
        int found = 0;
        for (int device = 0; device < devices && found < count; device++) {
            if (usedDeviceMilli[device] == 0) {
                free[found++] = device;
            }
        }
        return Arrays.copyOf(free, found);
    }

    private void add(Grant grant, int sign) {
        usedPods += sign;
        usedCpuMilli += sign * grant.needs.cpuMilli();
        usedMemoryBytes += sign * grant.needs.memoryBytes();
        for (int device : grant.devices) {
            usedDeviceMilli[device] += sign * grant.needs.deviceMilli();
        }
    }

    private static Rejection out(String resource, long requested, long used, long capacity) {
        return new Rejection(
                "OutOf" + resource,
                "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity);
    }

    private static Rejection unexpected(String detail) {
        return new Rejection("UnexpectedAdmissionError", "Pod was rejected: " + detail + ".");
    }
}
