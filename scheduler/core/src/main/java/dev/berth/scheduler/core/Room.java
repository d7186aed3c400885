package dev.berth.scheduler.core;

/** An amount of what one node has, by device. Mutable; whoever holds it for others to read does not change it. */
final class Room {
    long cpuMilli;
    long memoryBytes;
    int pods;
    final int[] milli;

    private Room(long cpuMilli, long memoryBytes, int pods, int[] milli) {
        this.cpuMilli = cpuMilli;
        this.memoryBytes = memoryBytes;
        this.pods = pods;
        this.milli = milli;
    }

    /** All of a node that has nothing to do. */
    static Room empty(Node node) {
        int[] milli = new int[node.gpus()];
        java.util.Arrays.fill(milli, Devices.WHOLE);
        return new Room(node.cpuMilli(), node.memoryBytes(), node.pods(), milli);
    }

    static Room nothing(int gpus) {
        return new Room(0, 0, 0, new int[gpus]);
    }

    Room copy() {
        return new Room(cpuMilli, memoryBytes, pods, milli.clone());
    }

    /** Both together. */
    Room plus(Room other) {
        Room sum = copy();
        sum.cpuMilli += other.cpuMilli;
        sum.memoryBytes += other.memoryBytes;
        sum.pods += other.pods;
        for (int device = 0; device < milli.length; device++) {
            sum.milli[device] += other.milli[device];
        }
        return sum;
    }

    /** The lesser of both in each part. */
    Room least(Room other) {
        Room least = copy();
        least.cpuMilli = Math.min(cpuMilli, other.cpuMilli);
        least.memoryBytes = Math.min(memoryBytes, other.memoryBytes);
        least.pods = Math.min(pods, other.pods);
        for (int device = 0; device < milli.length; device++) {
            least.milli[device] = Math.min(milli[device], other.milli[device]);
        }
        return least;
    }

    void take(Request request, int[] devices, int milliPerDevice) {
        add(request, devices, milliPerDevice, -1);
    }

    void give(Request request, int[] devices, int milliPerDevice) {
        add(request, devices, milliPerDevice, 1);
    }

    void add(Request request, int[] devices, int milliPerDevice, int sign) {
        cpuMilli += sign * request.cpuMilli();
        memoryBytes += sign * request.memoryBytes();
        pods += sign;
        for (int device : devices) {
            milli[device] += sign * milliPerDevice;
        }
    }

    /** Devices on which nothing at all runs. */
    int wholeDevices() {
        int count = 0;
        for (int free : milli) {
            if (free >= Devices.WHOLE) {
                count++;
            }
        }
        return count;
    }

    /** Devices with at least so much left. */
    int devicesWith(int milliPerDevice) {
        int count = 0;
        for (int free : milli) {
            if (free >= milliPerDevice) {
                count++;
            }
        }
        return count;
    }

    long totalMilli() {
        long sum = 0;
        for (int free : milli) {
            sum += free;
        }
        return sum;
    }
}
