package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.place.Demand;
import dev.berth.scheduler.core.place.Place;
import org.jspecify.annotations.Nullable;

/**
 * One task during one cycle: where it is, and where it is meant to be.
 *
 * <p>Neither: it waits. Both alike: it runs, or is bound by this cycle. At a place that it is not meant for: it leaves. Meant
 * for a place where it is not: it comes when the place is free; if it is elsewhere still, it moves.
 */
public final class Seat {
    public final Task task;
    public final Job job;
    public final Demand demand;
    final Members members;

    /** Where it was when the cycle began; null when it waited. */
    public final @Nullable Place start;

    private @Nullable Place at;
    private @Nullable Place plan;

    /** Where it was meant to be when it was told to leave. */
    private @Nullable Place lost;

    /** Told to leave by what is tried at this moment, and may be placed again by it. */
    private boolean tried;

    /** The tasks of a minimum that nobody may take. */
    public final boolean fixed;

    Seat(Task task, Job job, Members members, Demand demand, @Nullable Place start, boolean fixed) {
        this.task = task;
        this.job = job;
        this.members = members;
        this.demand = demand;
        this.start = start;
        this.at = start;
        this.fixed = fixed;
        this.plan = task.state() == Task.State.RELEASING ? null : start;
    }

    public @Nullable Place at() {
        return at;
    }

    public @Nullable Place plan() {
        return plan;
    }

    public boolean tried() {
        return tried;
    }

    public void tried(boolean value) {
        tried = value;
    }

    /** Where it counts: where it is meant to be, or else where it is. */
    public @Nullable Place where() {
        return plan != null ? plan : at;
    }

    /** What its queue lost when it was told to leave, by dimension. */
    public long[] loss() {
        Place place = lost != null ? lost : where();
        return place == null ? new long[Dimension.ALL.length] : charge(place);
    }

    /** Whether it runs as it did when the cycle began. */
    public boolean runs() {
        return at != null && at == plan && start != null;
    }

    /** Whether it is or will be somewhere. */
    public boolean isActive() {
        return plan != null;
    }

    /** Whether it could be given a place: it waits, or was told to leave by what is tried at this moment. */
    public boolean isFree(boolean trying) {
        return plan == null && (at == null || (trying && tried));
    }

    /** Moves it, and counts it where it is counted. */
    public void set(@Nullable Place newAt, @Nullable Place newPlan) {
        if ((plan == null) != (newPlan == null)) {
            members.active += newPlan == null ? -1 : 1;
        }
        if (newPlan == null) {
            lost = plan;
        }
        at = newAt;
        plan = newPlan;
        job.changed();
    }

    /** What its queue is charged at the place, by dimension. */
    public long[] charge(Place place) {
        Request request = task.request();
        long[] sum = new long[Dimension.ALL.length];
        sum[Dimension.GPU.ordinal()] = place.milli() + demand.extendedMilli();
        sum[Dimension.CPU.ordinal()] = request.cpuMilli();
        sum[Dimension.MEMORY.ordinal()] = request.memoryBytes();
        return sum;
    }
}
