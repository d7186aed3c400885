package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Gang;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.PodSet;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Spot;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.place.Demand;
import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.place.PoolNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gang during one cycle. */
public final class Job {
    private static final Comparator<Members> NEXT = Comparator.<Members, Boolean>comparing(Members::isSatisfied)
            .thenComparingDouble(some -> some.ratio())
            .thenComparing(members -> members.set.name());

    public final Gang gang;
    public final List<Members> members = new ArrayList<>();
    public final List<Seat> seats = new ArrayList<>();
    public final @Nullable QueueNode queue;
    private final long minGpuMemoryMib;
    private final boolean shares;
    private long @Nullable [] asks;
    private @Nullable List<Seat> next;
    private final Map<String, Members> byName = new LinkedHashMap<>();

    /** What the last try ran into; null when it was not tried or succeeded. */
    public @Nullable Blocked blocked;

    /** When it had its first turn, from 1; 0 when it had none. */
    public int turn;

    public Job(Gang gang, @Nullable QueueNode queue, PoolNodes nodes, long minGpuMemoryMib) {
        this.gang = gang;
        this.queue = queue;
        this.minGpuMemoryMib = minGpuMemoryMib;
        for (PodSet set : gang.group().root().allPodSets()) {
            Members some = new Members(set);
            members.add(some);
            byName.putIfAbsent(set.name(), some);
        }
        boolean claims = false;
        for (Task task : gang.tasks()) {
            Members some = byName.getOrDefault(task.podSet(), members.get(0));
            Seat seat = seat(task, some, nodes);
            some.seats.add(seat);
            seats.add(seat);
            some.active += seat.isActive() ? 1 : 0;
            claims |= !task.request().claims().isEmpty();
        }
        this.shares = claims;
    }

    private Seat seat(Task task, Members some, PoolNodes nodes) {
        Demand demand = nodes.demand(task.request());
        boolean fixed = !gang.group().preemptible() && (!gang.group().semi() || some.seats.size() < some.set.minimum());
        Spot spot = task.spot();
        int node = spot == null ? -1 : nodes.indexOf(spot.node());
        Place start = null;
        if (node >= 0) {
            NodeState state = nodes.base(node);
            int[] devices = state.devicesOf(task);
            start = new Place(node, devices, devices.length == 0 ? 0 : state.milli(task));
        }
        return new Seat(task, this, some, demand, start, fixed);
    }

    void changed() {
        asks = null;
        next = null;
    }

    /** The pod set of the name; the first one when nobody knows the name. */
    public Members members(String name) {
        return byName.getOrDefault(name, members.get(0));
    }

    public int priority() {
        return gang.group().priority();
    }

    public boolean isPreemptible() {
        return gang.group().preemptible();
    }

    /** Whether something of it may be taken by others. */
    public boolean mayLose() {
        return isPreemptible() || gang.group().semi();
    }

    /**
     * The tasks that start together next: all that lack for the minimum, or else one more of the pod set that is least beyond
     * its minimum.
     *
     * @param trying whether those count that were told to leave by what is tried at this moment
     */
    public List<Seat> next(boolean trying) {
        if (trying) {
            return findNext(true);
        }
        List<Seat> known = next;
        if (known == null) {
            known = findNext(false);
            next = known;
        }
        return known;
    }

    private List<Seat> findNext(boolean trying) {
        if (members.size() == 1) {
            Members only = members.get(0);
            return only.free(Math.max(1, only.set.minimum() - only.active), trying);
        }
        List<Seat> lacking = new ArrayList<>();
        boolean below = false;
        for (Members some : members) {
            if (!some.isSatisfied()) {
                below = true;
                lacking.addAll(some.free(some.set.minimum() - some.active, trying));
            }
        }
        if (below) {
            return lacking;
        }
        return members.stream()
                .sorted(NEXT)
                .map(some -> some.free(1, trying))
                .filter(free -> !free.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Pod sets in the order in which they are served. */
    public static Comparator<Members> servedOrder() {
        return NEXT;
    }

    /** Whether each pod set has, or could have, its minimum. */
    public boolean isComplete() {
        for (Members some : members) {
            int alive = 0;
            for (Seat seat : some.seats) {
                alive += seat.isActive() || seat.at() == null || seat.start == null ? 1 : 0;
            }
            if (alive < some.set.minimum()) {
                return false;
            }
        }
        return true;
    }

    /** Whether something of it waits. */
    public boolean waits() {
        for (Seat seat : seats) {
            if (seat.isFree(false)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing waits any more. */
    public boolean isDone() {
        return !waits();
    }

    /** Tasks that wait still. */
    public int left() {
        int left = 0;
        for (Seat seat : seats) {
            left += seat.isFree(false) ? 1 : 0;
        }
        return left;
    }

    public boolean hasMinimum() {
        for (Members some : members) {
            if (!some.isSatisfied()) {
                return false;
            }
        }
        return true;
    }

    public int active() {
        int active = 0;
        for (Members some : members) {
            active += some.active;
        }
        return active;
    }

    /** Whether something of it runs or is meant for a place. */
    public boolean isActive() {
        for (Seat seat : seats) {
            if (seat.isActive()) {
                return true;
            }
        }
        return false;
    }

    /** What the next tasks ask for, by dimension. */
    public long[] asks() {
        long[] known = asks;
        if (known == null) {
            known = asks(next(false));
            asks = known;
        }
        return known;
    }

    /** What these tasks ask for, by dimension, as far as it is known before a node is. */
    public long[] asks(List<Seat> some) {
        long[] sum = new long[Dimension.ALL.length];
        for (Seat seat : some) {
            Request request = seat.task.request();
            sum[Dimension.GPU.ordinal()] += milli(request, minGpuMemoryMib) + seat.demand.extendedMilli();
            sum[Dimension.CPU.ordinal()] += request.cpuMilli();
            sum[Dimension.MEMORY.ordinal()] += request.memoryBytes();
        }
        return sum;
    }

    private static long milli(Request request, long gpuMemoryMib) {
        int milli = Devices.milli(request.gpu(), gpuMemoryMib);
        // Memory that no device has is charged as a whole one: it will not be placed anyway.
        return (long) Math.min(milli, Devices.WHOLE) * request.gpu().devices();
    }

    /** Whether something of it has a place for when others have left. */
    public boolean comesLater() {
        for (Seat seat : seats) {
            if (seat.plan() != null && seat.plan() != seat.at()) {
                return true;
            }
        }
        return false;
    }

    /** One of the tasks that come next; any when nothing waits. */
    public Task sample() {
        List<Seat> some = next(false);
        return (some.isEmpty() ? seats : some).get(0).task;
    }

    /** The tasks without which nothing starts. */
    public List<Task> minimum() {
        List<Task> minimum = new ArrayList<>();
        for (Members some : members) {
            some.seats.stream().limit(some.set.minimum()).forEach(seat -> minimum.add(seat.task));
        }
        return minimum;
    }

    /** What the tasks ask for, by dimension. */
    public long[] asksOf(List<Task> tasks) {
        return asks(seats.stream().filter(seat -> tasks.contains(seat.task)).toList());
    }

    /** Whether it names device claims. */
    public boolean hasClaims() {
        return shares;
    }
}
