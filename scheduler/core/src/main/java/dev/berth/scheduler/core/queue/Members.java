package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.PodSet;
import java.util.ArrayList;
import java.util.List;

/** A pod set during one cycle. */
public final class Members {
    public final PodSet set;

    /** In the order in which they start. */
    public final List<Seat> seats = new ArrayList<>();

    int active;

    Members(PodSet set) {
        this.set = set;
    }

    public int active() {
        return active;
    }

    public boolean isSatisfied() {
        return active >= set.minimum();
    }

    /** How far it is along to its minimum; beyond 1 it has more. */
    double ratio() {
        return ratio(active);
    }

    double ratio(int count) {
        return set.minimum() == 0 ? Double.POSITIVE_INFINITY : (double) count / set.minimum();
    }

    /** Tasks that could be given a place, at most so many. */
    List<Seat> free(int atMost, boolean trying) {
        List<Seat> free = new ArrayList<>(Math.min(atMost, seats.size()));
        for (Seat seat : seats) {
            if (free.size() == atMost) {
                break;
            }
            if (seat.isFree(trying)) {
                free.add(seat);
            }
        }
        return free;
    }
}
