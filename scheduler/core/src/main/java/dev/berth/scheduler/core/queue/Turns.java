package dev.berth.scheduler.core.queue;

import dev.berth.scheduler.core.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A line through the tree of queues: the best job of the best queue has the next turn. Read backwards, it is the order in which
 * jobs lose their room: the last job of the queue that has most.
 */
public final class Turns {
    private final boolean victims;
    private final Comparator<Contender> jobOrder;
    private final Comparator<Line> lineOrder;
    private final PriorityQueue<Line> roots;
    private final Map<QueueNode, Line> lines = new IdentityHashMap<>();

    /** One queue in the line. */
    private final class Line {
        private final QueueNode queue;
        private final @Nullable Line above;
        private final PriorityQueue<Contender> jobs = new PriorityQueue<>(jobOrder);
        private final PriorityQueue<Line> below = new PriorityQueue<>(lineOrder);
        private final long[] taken = new long[Dimension.ALL.length];
        private Iterator<Contender> source = Collections.emptyIterator();
        private @Nullable Contender pulled;
        private @Nullable Contender candidate;
        private long[] lost = taken;
        private boolean listed;

        private Line(QueueNode queue, @Nullable Line above) {
            this.queue = queue;
            this.above = above;
        }

        /** Puts the next one of a sorted source in line, once the one before it had its turn. */
        private void pull() {
            pulled = source.hasNext() ? source.next() : null;
            if (pulled != null) {
                jobs.add(pulled);
            }
        }

        /** Finds the best at or below anew; its own jobs come before those of the queues below. */
        private void refresh() {
            Contender own = jobs.peek();
            Line best = below.peek();
            candidate = own != null ? own : best == null ? null : best.candidate;
            lost = own != null || best == null ? taken : best.lost;
            if (victims && candidate != null) {
                lost = sum(lost, own != null ? own.holds() : new long[taken.length]);
            }
        }

        private PriorityQueue<Line> siblings() {
            return above == null ? roots : above.below;
        }
    }

    private Turns(QueueTree tree, boolean victims) {
        this.victims = victims;
        this.jobOrder = victims ? Contender.ORDER.reversed() : Contender.ORDER;
        Comparator<Line> order = (left, right) -> compare(tree.order(), left, right);
        this.lineOrder = victims ? order.reversed() : order;
        this.roots = new PriorityQueue<>(lineOrder);
    }

    public static Turns waiting(QueueTree tree, List<Job> jobs) {
        Turns turns = new Turns(tree, false);
        jobs.forEach(job -> turns.enter(Contender.waiting(job)));
        turns.start();
        return turns;
    }

    public static Turns trying(QueueTree tree, List<Contender> some) {
        Turns turns = new Turns(tree, false);
        some.forEach(turns::enter);
        turns.start();
        return turns;
    }

    /** Victims of each queue in the order in which it gives them up; read no further than needed. */
    public static Turns victims(QueueTree tree, Map<QueueNode, Iterator<Contender>> sources) {
        Turns turns = new Turns(tree, true);
        sources.forEach((queue, source) -> {
            if (source.hasNext()) {
                Line line = turns.line(queue);
                line.source = source;
                line.pull();
            }
        });
        turns.start();
        return turns;
    }

    private static int compare(QueueOrder order, Line left, Line right) {
        return order.compare(
                new QueueOrder.Side(left.queue, asks(left), left.lost),
                new QueueOrder.Side(right.queue, asks(right), right.lost));
    }

    private static long[] asks(Line line) {
        Contender candidate = line.candidate;
        return candidate == null ? QueueOrder.NOTHING : candidate.asks();
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = left.clone();
        for (int d = 0; d < sum.length; d++) {
            sum[d] += right[d];
        }
        return sum;
    }

    private void enter(Contender one) {
        QueueNode queue = one.job.queue;
        if (queue != null) {
            line(queue).jobs.add(one);
        }
    }

    private Line line(QueueNode queue) {
        Line known = lines.get(queue);
        if (known == null) {
            QueueNode parent = queue.parent();
            known = new Line(queue, parent == null ? null : line(parent));
            lines.put(queue, known);
        }
        return known;
    }

    private void start() {
        List<Line> all = new ArrayList<>(lines.values());
        all.sort(Comparator.<Line>comparingInt(line -> -line.queue.depth())
                .thenComparing(line -> line.queue.queue.id()));
        all.forEach(this::list);
    }

    private void list(Line line) {
        line.refresh();
        if (line.candidate != null && !line.listed) {
            line.siblings().add(line);
            line.listed = true;
        }
    }

    /** The one whose turn is next, or null. Its queues are out of the line until the turn {@linkplain #end ends}. */
    public @Nullable Contender poll() {
        Line line = roots.peek();
        if (line == null) {
            return null;
        }
        while (line.jobs.isEmpty()) {
            Line best = line.below.peek();
            if (best == null) {
                throw new IllegalStateException("Expected a job below " + line.queue.queue.id() + ", but found none.");
            }
            line = best;
        }
        for (Line at = line; at != null; at = at.above) {
            at.siblings().remove();
            at.listed = false;
        }
        Contender first = line.jobs.remove();
        if (first == line.pulled) {
            line.pull();
        }
        return first;
    }

    /** Ends the turn: whoever was asked comes again as {@code again}, or not when that is null. */
    public void end(Contender one, @Nullable Contender again, List<Seat> lost) {
        QueueNode queue = one.job.queue;
        if (queue == null) {
            return;
        }
        Line line = line(queue);
        if (again != null) {
            line.jobs.add(again);
        }
        for (Seat seat : lost) {
            if (seat.plan() != null) {
                long[] charge = seat.charge(seat.plan());
                for (int d = 0; d < charge.length; d++) {
                    line.taken[d] += charge[d];
                }
            }
        }
        for (Line at = line; at != null; at = at.above) {
            list(at);
        }
    }

    /** Looks anew at a queue of which something was taken. */
    public void touched(QueueNode queue) {
        for (Line at = lines.get(queue); at != null; at = at.above) {
            if (at.listed) {
                at.siblings().remove(at);
                at.listed = false;
            }
            list(at);
        }
    }
}
