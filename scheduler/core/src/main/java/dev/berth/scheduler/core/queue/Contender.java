package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.place.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job in a line: as it is, or with only those of its tasks that have not been taken yet. */
public final class Contender {
    /** Higher priority first, then who lacks its minimum, then who has no more than it, then the older. */
    static final Comparator<Contender> ORDER = Comparator.<Contender>comparingInt(one -> -one.job.priority())
            .thenComparingInt(Contender::standing)
            .thenComparingLong(one -> one.job.gang.group().createdAtMillis())
            .thenComparing(one -> one.job.gang.group().id());

    /** The order of those who wait; victims are taken from its end. */
    public static Comparator<Contender> order() {
        return ORDER;
    }

    public final Job job;
    private final @Nullable List<Seat> left;
    private final int standing;
    private final long @Nullable [] asks;

    private Contender(Job job, @Nullable List<Seat> left, long @Nullable [] asks) {
        this.job = job;
        this.left = left;
        this.standing = left == null ? standing(job) : standing(job, left);
        this.asks = asks;
    }

    public static Contender waiting(Job job) {
        return new Contender(job, null, null);
    }

    /** A job that would like to have places for these tasks. */
    public static Contender trying(Job job, List<Seat> seats) {
        return new Contender(job, null, job.asks(seats));
    }

    /** A job that may lose these tasks. */
    public static Contender victim(Job job, List<Seat> left) {
        return new Contender(job, left, null);
    }

    private int standing() {
        return standing;
    }

    private static int standing(Job job) {
        int highest = 0;
        for (Members some : job.members) {
            if (!some.isSatisfied()) {
                return -1;
            }
            highest |= some.active > some.set.minimum() ? 1 : 0;
        }
        return highest;
    }

    private static int standing(Job job, List<Seat> left) {
        int highest = 0;
        for (Members some : job.members) {
            int count = count(left, some);
            if (count < some.set.minimum()) {
                return -1;
            }
            highest |= count > some.set.minimum() ? 1 : 0;
        }
        return highest;
    }

    private static int count(List<Seat> seats, Members some) {
        int count = 0;
        for (Seat seat : seats) {
            count += seat.members == some ? 1 : 0;
        }
        return count;
    }

    /** What it asks for next; a victim asks for nothing. */
    long[] asks() {
        return asks != null ? asks : left == null ? job.asks() : QueueOrder.NOTHING;
    }

    /** What a victim holds. */
    long[] holds() {
        long[] sum = new long[Dimension.ALL.length];
        if (left != null) {
            for (Seat seat : left) {
                Place place = seat.plan();
                for (int d = 0; place != null && d < sum.length; d++) {
                    sum[d] += seat.charge(place)[d];
                }
            }
        }
        return sum;
    }

    public List<Seat> left() {
        return left == null ? List.of() : left;
    }

    /**
     * The tasks that would go next: one of the pod set that is furthest beyond its minimum, the last one first; or all, when
     * no pod set has more than its minimum.
     */
    public List<Seat> chunk() {
        Members furthest = null;
        for (Members some : job.members) {
            int count = count(left(), some);
            if (count > some.set.minimum()
                    && (furthest == null || ratio(some) > ratio(furthest) || equalButLater(some, furthest))) {
                furthest = some;
            }
        }
        List<Seat> all = left();
        if (furthest == null) {
            return job.isPreemptible() ? reversed(all) : List.of();
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).members == furthest && !all.get(i).fixed) {
                return List.of(all.get(i));
            }
        }
        return List.of();
    }

    private double ratio(Members some) {
        return some.ratio(count(left(), some));
    }

    private boolean equalButLater(Members some, Members than) {
        return ratio(some) == ratio(than) && some.set.name().compareTo(than.set.name()) > 0;
    }

    private static List<Seat> reversed(List<Seat> seats) {
        List<Seat> reversed = new ArrayList<>(seats);
        java.util.Collections.reverse(reversed);
        return reversed;
    }
}
