package dev.berth.k8s.simulated;

import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until its owner moves it. Scheduling is thread-safe; actions run one after another, in order
 * of their time and then of their scheduling, on the thread that moves the clock.
 */
public final class VirtualClock implements SimClock {
    private record Event(long atMillis, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long scheduled;
    private volatile long nowMillis;

    public VirtualClock(long startMillis) {
        nowMillis = startMillis;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public void schedule(long delayMillis, Runnable action) {
        lock.lock();
        try {
            events.add(new Event(nowMillis + Math.max(0, delayMillis), scheduled++, action));
        } finally {
            lock.unlock();
        }
    }

    /** When the next action is due; empty while nothing is scheduled. */
    public OptionalLong nextEventMillis() {
        lock.lock();
        try {
            Event next = events.peek();
            return next == null ? OptionalLong.empty() : OptionalLong.of(next.atMillis);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock forward and runs what is due until then, also what those actions schedule; returns how many ran. */
    public int advanceTo(long millis) {
        int ran = 0;
        for (Event event = takeDue(millis); event != null; event = takeDue(millis)) {
            event.action.run();
            ran++;
        }
        return ran;
    }

    private @Nullable Event takeDue(long untilMillis) {
        lock.lock();
        try {
            Event next = events.peek();
            if (next == null || next.atMillis > untilMillis) {
                nowMillis = Math.max(nowMillis, untilMillis);
                return null;
            }
            events.remove();
            nowMillis = Math.max(nowMillis, next.atMillis);
            return next;
        } finally {
            lock.unlock();
        }
    }
}
