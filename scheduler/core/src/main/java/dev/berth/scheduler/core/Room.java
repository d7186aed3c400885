package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An amount of what one node has, by device. Mutable; whoever holds it for others to read does not change it. */
public final class Room {
    private static final String CLAIMABLE = "claim:";

    public long cpuMilli;
    public long memoryBytes;
    public int pods;
    public final int[] milli;
    private final String[] names;
    private final long[] amounts;

    private Room(long cpuMilli, long memoryBytes, int pods, int[] milli, String[] names, long[] amounts) {
        this.cpuMilli = cpuMilli;
        this.memoryBytes = memoryBytes;
        this.pods = pods;
        this.milli = milli;
        this.names = names;
        this.amounts = amounts;
    }

    /** All of a node that has nothing to do. */
    public static Room empty(Node node) {
        int[] milli = new int[node.gpus()];
        Arrays.fill(milli, Devices.WHOLE);
        List<String> names = new ArrayList<>(node.extended().keySet());
        node.claimable().keySet().forEach(kind -> names.add(CLAIMABLE + kind));
        String[] sorted = names.stream().sorted().toArray(String[]::new);
        long[] amounts = new long[sorted.length];
        Room room = new Room(node.cpuMilli(), node.memoryBytes(), node.pods(), milli, sorted, amounts);
        node.extended().forEach((name, amount) -> amounts[room.index(name)] = amount);
        node.claimable().forEach((kind, count) -> amounts[room.index(CLAIMABLE + kind)] = count);
        return room;
    }

    /** Nothing of what the node has. */
    public static Room nothing(Node node) {
        Room room = empty(node);
        Arrays.fill(room.milli, 0);
        Arrays.fill(room.amounts, 0);
        return new Room(0, 0, 0, room.milli, room.names, room.amounts);
    }

    public Room copy() {
        return new Room(
                cpuMilli, memoryBytes, pods, milli.clone(), names, amounts.length == 0 ? amounts : amounts.clone());
    }

    /** Both together. */
    public Room plus(Room other) {
        Room sum = copy();
        sum.cpuMilli += other.cpuMilli;
        sum.memoryBytes += other.memoryBytes;
        sum.pods += other.pods;
        for (int device = 0; device < milli.length; device++) {
            sum.milli[device] += other.milli[device];
        }
        for (int i = 0; i < amounts.length; i++) {
            sum.amounts[i] += other.amounts[i];
        }
        return sum;
    }

    /** The lesser of both in each part. */
    public Room least(Room other) {
        Room least = copy();
        least.cpuMilli = Math.min(cpuMilli, other.cpuMilli);
        least.memoryBytes = Math.min(memoryBytes, other.memoryBytes);
        least.pods = Math.min(pods, other.pods);
        for (int device = 0; device < milli.length; device++) {
            least.milli[device] = Math.min(milli[device], other.milli[device]);
        }
        for (int i = 0; i < amounts.length; i++) {
            least.amounts[i] = Math.min(amounts[i], other.amounts[i]);
        }
        return least;
    }

    public void take(Request request, int[] devices, int milliPerDevice) {
        add(request, devices, milliPerDevice, -1);
    }

    public void give(Request request, int[] devices, int milliPerDevice) {
        add(request, devices, milliPerDevice, 1);
    }

    public void add(Request request, int[] devices, int milliPerDevice, int sign) {
        cpuMilli += sign * request.cpuMilli();
        memoryBytes += sign * request.memoryBytes();
        pods += sign;
        for (int device : devices) {
            milli[device] += sign * milliPerDevice;
        }
        if (!request.extended().isEmpty()) {
            for (Map.Entry<String, Long> one : request.extended().entrySet()) {
                addAmount(one.getKey(), sign * one.getValue());
            }
        }
    }

    /** What is left of an extended resource. */
    public long amount(String resource) {
        int at = index(resource);
        return at < 0 ? 0 : amounts[at];
    }

    /** Devices of the class that are left for claims. */
    public long claimable(String deviceClass) {
        return amount(CLAIMABLE + deviceClass);
    }

    /** Gives back devices of the class, or takes them when {@code count} is below 0. */
    public void addClaimable(String deviceClass, long count) {
        addAmount(CLAIMABLE + deviceClass, count);
    }

    private void addAmount(String resource, long amount) {
        int at = index(resource);
        if (at >= 0) {
            amounts[at] += amount;
        }
    }

    private int index(String resource) {
        return amounts.length == 0 ? -1 : Arrays.binarySearch(names, resource);
    }

    /** Devices on which nothing at all runs, less those that are owed because others were given away twice. */
    public int wholeDevices() {
        return devicesWith(Devices.WHOLE);
    }

    /** Devices with at least so much left. */
    public int devicesWith(int milliPerDevice) {
        if (milliPerDevice > Devices.WHOLE) {
            return 0;
        }
        int whole = 0;
        int shared = 0;
        int owed = 0;
        for (int free : milli) {
            whole += free >= Devices.WHOLE ? 1 : 0;
            shared += free >= milliPerDevice && free < Devices.WHOLE ? 1 : 0;
            owed += free < 0 ? (Devices.WHOLE - 1 - free) / Devices.WHOLE : 0;
        }
        return shared + Math.max(0, whole - owed);
    }

    public long totalMilli() {
        long sum = 0;
        for (int free : milli) {
            sum += free;
        }
        return sum;
    }
}
