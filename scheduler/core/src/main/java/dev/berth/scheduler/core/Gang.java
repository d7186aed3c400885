package dev.berth.scheduler.core;

import dev.berth.model.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A group with its tasks: immutable, made anew when either changes, shared by all snapshots in between. */
public final class Gang {
    private static final Comparator<Task> ORDER =
            Comparator.comparingInt(Task::order).thenComparing(Task::id);

    private final Group group;
    private final List<Task> tasks;
    private final List<Task> pending;
    private final int running;
    private final Resources held;
    private final boolean special;

    public Gang(Group group, Collection<Task> tasks) {
        this.group = group;
        this.tasks = tasks.stream().sorted(ORDER).toList();
        List<Task> waiting = new ArrayList<>();
        int active = 0;
        Resources sum = Resources.NONE;
        boolean unusual = group.semi();
        for (Task task : this.tasks) {
            unusual |= isUnusual(task);
            if (task.state() == Task.State.PENDING) {
                waiting.add(task);
            } else if (task.state() == Task.State.RUNNING) {
                active++;
                sum = sum.plus(held(task));
            }
        }
        this.pending = List.copyOf(waiting);
        this.running = active;
        this.held = sum;
        this.special = unusual;
    }

    public Group group() {
        return group;
    }

    /** In the order in which they start. */
    public List<Task> tasks() {
        return tasks;
    }

    /** Those that wait, in the order in which they start. */
    public List<Task> pending() {
        return pending;
    }

    /** How many are bound or run. */
    public int running() {
        return running;
    }

    /** What the running ones are charged. Those who leave are not charged any more. */
    public Resources held() {
        return held;
    }

    /** Whether its charge is not in {@link #held}: parts of cut GPUs, device claims, GPU memory
     * of which nobody told how much of a device it is, or only a part that nobody may take. */
    public boolean special() {
        return special;
    }

    /** Whether something of it waits. */
    public boolean waits() {
        return !pending.isEmpty();
    }

    private static boolean isUnusual(Task task) {
        Request request = task.request();
        Spot spot = task.spot();
        boolean unsized = spot != null
                && spot.milliPerDevice() == 0
                && request.gpu().match(whole -> false, fraction -> false, memory -> true);
        return unsized || !request.extended().isEmpty() || !request.claims().isEmpty();
    }

    private static Resources held(Task task) {
        Spot spot = task.spot();
        Request request = task.request();
        int milli = spot == null ? 0 : spot.milliPerDevice();
        if (milli == 0) {
            milli = request.gpu().match(whole -> Devices.WHOLE, fraction -> fraction.milli(), memory -> 0);
        }
        return new Resources(
                request.cpuMilli(),
                request.memoryBytes(),
                (long) milli * request.gpu().devices());
    }
}
