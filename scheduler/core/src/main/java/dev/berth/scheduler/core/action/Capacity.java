package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Room;
import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.queue.Seat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how many tasks could find room when victims leave: on each node no more than the least of what each resource allows,
 * whatever devices it is on. Never less than what is true, so that a no is certain.
 */
final class Capacity {
    private static final long PLENTY = 1L << 40;

    private final Session session;
    private final int needed;
    private long cpuMilli = Long.MAX_VALUE;
    private long memoryBytes = Long.MAX_VALUE;
    private final Request least;
    private int devices = Integer.MAX_VALUE;
    private int milli = Integer.MAX_VALUE;
    private boolean sized = true;
    private final Map<Integer, long[]> freed = new HashMap<>();
    private final long slots;

    Capacity(Session session, List<Seat> seats, List<List<Seat>> recorded) {
        this.session = session;
        this.needed = seats.size();
        this.least = seats.get(0).task.request();
        for (Seat seat : seats) {
            Request request = seat.task.request();
            cpuMilli = Math.min(cpuMilli, request.cpuMilli());
            memoryBytes = Math.min(memoryBytes, request.memoryBytes());
            devices = Math.min(devices, request.gpu().devices());
            milli = Math.min(
                    milli, request.gpu().match(whole -> Devices.WHOLE, fraction -> fraction.milli(), memory -> -1));
            sized &= request.gpu().match(whole -> true, fraction -> true, memory -> false);
        }
        recorded.forEach(chunk -> chunk.forEach(seat -> add(freed, seat)));
        long sum = 0;
        for (int i = 0; i < session.nodes.size(); i++) {
            sum += slots(i, freed.get(i));
        }
        this.slots = sum;
    }

    boolean enough() {
        return slots >= needed;
    }

    /** The same when so much more is freed on one node. */
    boolean enoughWith(int node, long[] more) {
        long[] before = freed.get(node);
        long[] sum = more.clone();
        for (int d = 0; before != null && d < sum.length; d++) {
            sum[d] += before[d];
        }
        return slots + slots(node, sum) - slots(node, before) >= needed;
    }

    boolean enoughWith(List<List<Seat>> victims) {
        Map<Integer, long[]> more = new HashMap<>();
        victims.forEach(chunk -> chunk.forEach(seat -> {
            Place at = seat.where();
            if (at != null) {
                more.computeIfAbsent(
                        at.node(), node -> freed.getOrDefault(node, new long[3]).clone());
            }
            add(more, seat);
        }));
        long sum = slots;
        for (Map.Entry<Integer, long[]> entry : more.entrySet()) {
            sum += slots(entry.getKey(), entry.getValue()) - slots(entry.getKey(), freed.get(entry.getKey()));
        }
        return sum >= needed;
    }

    static void add(Map<Integer, long[]> sums, Seat seat) {
        Place at = seat.where();
        if (at != null) {
            long[] sum = sums.computeIfAbsent(at.node(), node -> new long[3]);
            sum[0] += at.milli();
            sum[1] += seat.task.request().cpuMilli();
            sum[2] += seat.task.request().memoryBytes();
        }
    }

    private long slots(int node, long @org.jspecify.annotations.Nullable [] more) {
        if (!session.nodes.base(node).node().takesPods()) {
            return 0;
        }
        Room room = session.nodes.later(node);
        long[] plus = more == null ? new long[3] : more;
        long count = PLENTY;
        if (devices > 0 && sized) {
            count = Math.min(count, (room.totalMilli() + plus[0]) / ((long) devices * milli));
        }
        if (cpuMilli > 0) {
            count = Math.min(count, (room.cpuMilli + plus[1]) / cpuMilli);
        }
        if (memoryBytes > 0) {
            count = Math.min(count, (room.memoryBytes + plus[2]) / memoryBytes);
        }
        return Math.max(0, Math.min(count, least.isBestEffort() ? PLENTY : count));
    }
}
