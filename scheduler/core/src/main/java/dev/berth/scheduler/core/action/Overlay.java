package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.Devices;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.place.Place;
import dev.berth.scheduler.core.place.PoolNodes;
import dev.berth.scheduler.core.queue.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle has changed of its snapshot so far. Every change of a seat is counted at its nodes, its job and its queues,
 * and written down, so that all since a mark can be taken back.
 */
final class Overlay {
    private final PoolNodes nodes;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Seat, String> committed = new LinkedHashMap<>();
    private final Map<Integer, List<Seat>> coming = new HashMap<>();

    private record Change(
            Seat seat, @Nullable Place at, @Nullable Place plan, boolean tried, long atVersion, long planVersion) {}

    Overlay(PoolNodes nodes) {
        this.nodes = nodes;
    }

    int mark() {
        return changes.size();
    }

    /** Starts it there. */
    void bind(Seat seat, Place place) {
        change(seat, place, place);
    }

    /** Tells it to leave, or takes back what it was given; what is tried at this moment may place it again. */
    void evict(Seat seat) {
        change(seat, seat.start == null ? null : seat.at(), null);
        seat.tried(true);
    }

    /** Means it for the place, once that is free; or lets it stay where it is. False when its devices cannot be freed. */
    boolean plan(Seat seat, Place place) {
        Place at = seat.at();
        if (at != null && at.isSameAs(place)) {
            if (!vacate(at)) {
                return false;
            }
            change(seat, at, at);
        } else {
            change(seat, at, place);
        }
        return true;
    }

    /** Makes it wait for a place that it was given at once. */
    void postpone(Seat seat) {
        Place plan = seat.plan();
        if (plan != null && seat.start == null && seat.at() == plan) {
            change(seat, null, plan);
        }
    }

    /**
     * Frees the very devices on which a task sits that is to stay there: those who were meant for them get others of the same
     * node, as which ones they get is open until they come.
     */
    private boolean vacate(Place place) {
        for (int device : place.devices()) {
            while (nodes.later(place.node()).milli[device] < place.milliPerDevice()) {
                Seat other = comingTo(place.node(), device);
                if (other == null || !shift(other, device, place)) {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable Seat comingTo(int node, int device) {
        for (Seat seat : coming.getOrDefault(node, List.of())) {
            Place plan = seat.plan();
            for (int held : plan == null ? Devices.NONE : plan.devices()) {
                if (held == device) {
                    return seat;
                }
            }
        }
        return null;
    }

    private boolean shift(Seat seat, int from, Place kept) {
        Place plan = seat.plan();
        if (plan == null) {
            return false;
        }
        int to = -1;
        int[] milli = nodes.later(plan.node()).milli;
        for (int device = 0; device < milli.length; device++) {
            if (milli[device] >= plan.milliPerDevice()
                    && !has(plan.devices(), device)
                    && !has(kept.devices(), device)
                    && (to < 0 || milli[device] < milli[to])) {
                to = device;
            }
        }
        if (to < 0) {
            return false;
        }
        int[] devices = plan.devices().clone();
        for (int i = 0; i < devices.length; i++) {
            devices[i] = devices[i] == from ? to : devices[i];
        }
        java.util.Arrays.sort(devices);
        change(seat, seat.at(), new Place(plan.node(), devices, plan.milliPerDevice()));
        return true;
    }

    private static boolean has(int[] devices, int device) {
        for (int one : devices) {
            if (one == device) {
                return true;
            }
        }
        return false;
    }

    private void change(Seat seat, @Nullable Place at, @Nullable Place plan) {
        Place first = seat.at() != null ? seat.at() : at;
        Place second = seat.plan() != null && seat.plan() != first ? seat.plan() : plan;
        changes.add(new Change(seat, seat.at(), seat.plan(), seat.tried(), version(first), version(second)));
        apply(seat, at, plan);
    }

    private long version(@Nullable Place place) {
        return place == null ? 0 : nodes.version(place.node());
    }

    private void apply(Seat seat, @Nullable Place at, @Nullable Place plan) {
        Place oldAt = seat.at();
        Place oldPlan = seat.plan();
        if (oldPlan != null && oldPlan != oldAt) {
            coming.getOrDefault(oldPlan.node(), List.of()).remove(seat);
        }
        count(seat, oldAt != at ? oldAt : null, oldPlan != plan ? oldPlan : null, 1);
        count(seat, oldAt != at ? at : null, oldPlan != plan ? plan : null, -1);
        if (oldPlan != plan && seat.job.queue != null) {
            if (oldPlan != null) {
                seat.job.queue.charge(seat.charge(oldPlan), seat.fixed, -1);
            }
            if (plan != null) {
                seat.job.queue.charge(seat.charge(plan), seat.fixed, 1);
            }
        }
        seat.set(at, plan);
        if (plan != null && plan != at) {
            coming.computeIfAbsent(plan.node(), node -> new ArrayList<>()).add(seat);
        }
    }

    private void count(Seat seat, @Nullable Place at, @Nullable Place plan, int sign) {
        if (at != null && at == plan) {
            nodes.count(seat.demand, at, sign, sign);
            return;
        }
        if (at != null) {
            nodes.count(seat.demand, at, sign, 0);
        }
        if (plan != null) {
            nodes.count(seat.demand, plan, 0, sign);
        }
    }

    /** Takes back all since the mark. */
    void rollback(int mark) {
        while (changes.size() > mark) {
            Change last = changes.remove(changes.size() - 1);
            Seat seat = last.seat;
            Place newAt = seat.at();
            Place newPlan = seat.plan();
            apply(seat, last.at, last.plan);
            seat.tried(last.tried);
            Place first = last.at != null ? last.at : newAt;
            Place second = last.plan != null && last.plan != first ? last.plan : newPlan;
            if (second != null) {
                nodes.restore(second.node(), last.planVersion);
            }
            if (first != null) {
                nodes.restore(first.node(), last.atVersion);
            }
        }
    }

    /** Makes all that was tried final, for the reason; evicted tasks have no other chance. */
    void commit(String because) {
        for (Change change : changes) {
            change.seat.tried(false);
            committed.putIfAbsent(change.seat, because);
        }
        changes.clear();
    }

    /** Tasks that were told to leave or to move since the mark. */
    List<Seat> changedSince(int mark) {
        List<Seat> seats = new ArrayList<>();
        for (Change change : changes.subList(mark, changes.size())) {
            seats.add(change.seat);
        }
        return seats;
    }

    List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        committed.forEach((seat, because) -> {
            Place at = seat.at();
            Place plan = seat.plan();
            if (seat.start != null && plan != at) {
                all.add(new Statement.Evict(seat.task.id(), seat.task.group(), because));
            }
            if (plan != null && plan != at) {
                all.add(new Statement.Pipeline(seat.task.id(), seat.task.group(), name(plan), listed(plan)));
            } else if (plan != null && seat.start == null) {
                all.add(new Statement.Bind(
                        seat.task.id(), seat.task.group(), name(plan), listed(plan), plan.milliPerDevice()));
            }
        });
        return all;
    }

    private String name(Place place) {
        return nodes.base(place.node()).node().name();
    }

    private static List<Integer> listed(Place place) {
        List<Integer> devices = new ArrayList<>(place.devices().length);
        for (int device : place.devices()) {
            devices.add(device);
        }
        return devices;
    }
}
