package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gang that wants more tasks to start, during one cycle. */
final class Waiting {
    static final Comparator<Waiting> ORDER = Comparator.<Waiting>comparingInt(
                    waiting -> -waiting.gang.group().priority())
            .thenComparing(Waiting::hasMinimum)
            .thenComparing(Waiting::aboveMinimum)
            .thenComparingLong(waiting -> waiting.gang.group().createdAtMillis())
            .thenComparing(waiting -> waiting.gang.group().id());

    final Gang gang;
    private final long minGpuMemoryMib;
    private int started;
    private long @Nullable [] asks;

    /** What the last try ran into; null when it was not tried or succeeded. */
    @Nullable
    Blocked blocked;

    /** When it had its first turn, from 1; 0 when it had none. */
    int turn;

    Waiting(Gang gang, long minGpuMemoryMib) {
        this.gang = gang;
        this.minGpuMemoryMib = minGpuMemoryMib;
    }

    /** The tasks that start together next: all that lack for the minimum, or else one more. */
    List<Task> next() {
        int lacking = gang.group().minMember() - gang.running() - started;
        int end = Math.min(gang.pending().size(), started + Math.max(1, lacking));
        return gang.pending().subList(started, end);
    }

    boolean isComplete() {
        return gang.running() + gang.pending().size() >= gang.group().minMember();
    }

    boolean isDone() {
        return started == gang.pending().size();
    }

    /** Tasks that wait still. */
    int left() {
        return gang.pending().size() - started;
    }

    boolean hasMinimum() {
        return gang.running() + started >= gang.group().minMember();
    }

    private boolean aboveMinimum() {
        return gang.running() + started > gang.group().minMember();
    }

    void starts(int tasks) {
        started += tasks;
        asks = null;
    }

    /** What the next tasks ask for, by dimension. */
    long[] asks() {
        if (asks == null) {
            asks = asks(next());
        }
        return asks;
    }

    /** What these tasks ask for, by dimension, as far as it is known before a node is. */
    long[] asks(List<Task> tasks) {
        long[] sum = new long[3];
        for (Task task : tasks) {
            add(sum, task.request(), minGpuMemoryMib);
        }
        return sum;
    }

    private static void add(long[] sum, Request request, long gpuMemoryMib) {
        sum[Dimension.GPU.ordinal()] += gpuCharge(request, gpuMemoryMib);
        sum[Dimension.CPU.ordinal()] += request.cpuMilli();
        sum[Dimension.MEMORY.ordinal()] += request.memoryBytes();
    }

    private static long gpuCharge(Request request, long gpuMemoryMib) {
        int milli = Devices.milli(request.gpu(), gpuMemoryMib);
        // Memory that no device has is charged as a whole one: it will not be placed anyway.
        return (long) Math.min(milli, Devices.WHOLE) * request.gpu().devices();
    }

    List<String> taskIds() {
        List<String> ids = new ArrayList<>();
        gang.pending().forEach(task -> ids.add(task.id()));
        return ids;
    }
}
