package dev.berth.scheduler.core;

import dev.berth.model.GpuRequest;
import dev.berth.model.Resources;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node with what runs on it: immutable, made anew when either changes, shared by all snapshots in between. */
public final class NodeState {
    private final Node node;
    private final List<Task> tasks;
    private final Room free;
    private final Room releasing;
    private final Room later;
    private final Map<String, int[]> held = new HashMap<>();
    private Resources foreign = Resources.NONE;
    private boolean legacyMig;

    NodeState(Node node, Collection<Task> tasks) {
        this.node = node;
        this.tasks = List.copyOf(tasks);
        this.free = Room.empty(node);
        this.releasing = Room.nothing(node);
        for (Task task : this.tasks) {
            if (!floating(task)) {
                hold(task, devices(task));
            }
        }
        // Those whose devices nobody told come last, so that they land on what the others left.
        for (Task task : this.tasks) {
            if (floating(task)) {
                hold(task, guess(task));
            }
        }
        this.later = leaves() ? free.plus(releasing) : free;
    }

    public Node node() {
        return node;
    }

    /** What runs here, by task id. */
    public List<Task> tasks() {
        return tasks;
    }

    public long freeCpuMilli() {
        return free.cpuMilli;
    }

    public long freeMemoryBytes() {
        return free.memoryBytes;
    }

    public int freePods() {
        return free.pods;
    }

    /** Thousandths of the device that nothing holds; below 0 when the cluster gave it away twice. */
    public int freeMilli(int device) {
        return free.milli[device];
    }

    public Room free() {
        return free;
    }

    /** What pods of other schedulers take of what can be divided. */
    public Resources foreign() {
        return foreign;
    }

    /** Whether anything here is on its way out. */
    public boolean leaves() {
        return releasing.pods > 0;
    }

    /** What is free when those who leave are gone; the same object as {@link #free} when nobody leaves. */
    public Room later() {
        return later;
    }

    /** Devices that a task which is here holds. */
    public int[] devicesOf(Task task) {
        return held.getOrDefault(task.id(), Devices.NONE);
    }

    /** Whether a task that asks for parts of GPUs in the way of old is here. */
    public boolean legacyMig() {
        return legacyMig;
    }

    private void hold(Task task, int[] devices) {
        int milli = milli(task);
        Request request = task.request();
        free.take(request, devices, milli);
        if (devices.length > 0) {
            held.put(task.id(), devices);
        }
        legacyMig |= request.legacyMig();
        if (task.group().isEmpty()) {
            foreign = foreign.plus(
                    new Resources(request.cpuMilli(), request.memoryBytes(), (long) devices.length * milli));
        }
        if (task.state() == Task.State.RELEASING) {
            releasing.give(request, devices, milli);
        }
    }

    private static boolean floating(Task task) {
        Spot spot = task.spot();
        return spot == null || (spot.devices().isEmpty() && task.request().gpu().devices() > 0);
    }

    /** Thousandths of each device that a task which is here holds. */
    public int milli(Task task) {
        Spot spot = task.spot();
        return spot != null && spot.milliPerDevice() > 0
                ? spot.milliPerDevice()
                : Math.max(0, Devices.milli(task.request().gpu(), node.gpuMemoryMib()));
    }

    private int[] devices(Task task) {
        Spot spot = task.spot();
        if (spot == null) {
            return Devices.NONE;
        }
        return spot.devices().stream()
                .mapToInt(Integer::intValue)
                .filter(device -> device >= 0 && device < node.gpus())
                .toArray();
    }

    /**
     * The freest devices, lowest index first: what a device plugin that was not told would most likely give. What is given
     * twice is taken from whole devices, so that parts of others stay as they are.
     */
    private int[] guess(Task task) {
        GpuRequest gpu = task.request().gpu();
        Integer[] byFree = new Integer[node.gpus()];
        Arrays.setAll(byFree, device -> device);
        int[] rank = Arrays.stream(free.milli)
                .map(milli -> milli >= Devices.WHOLE || milli <= 0 || gpu instanceof GpuRequest.Fraction ? milli : -1)
                .toArray();
        Arrays.sort(byFree, (a, b) -> rank[b] != rank[a] ? rank[b] - rank[a] : a - b);
        return Arrays.stream(byFree)
                .limit(Math.min(gpu.devices(), byFree.length))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
