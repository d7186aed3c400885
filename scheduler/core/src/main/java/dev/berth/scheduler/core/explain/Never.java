package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Task;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Gates;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a gang could start at all, were the pool empty. Says so only when it is certain. */
final class Never {
    private final Session session;
    private final PoolCensus census;

    Never(Session session, PoolCensus census) {
        this.session = session;
        this.census = census;
    }

    /** The sentence that says why it cannot, or null. */
    @Nullable
    String because(Job one) {
        if (one.hasMinimum() || !one.isComplete() || census.nodes() == 0) {
            return null;
        }
        List<Task> minimum = one.minimum();
        String limit = overLimit(one, minimum);
        return limit != null ? limit : overPool(minimum);
    }

    private @Nullable String overLimit(Job one, List<Task> minimum) {
        QueueNode queue = one.queue;
        Blocked.Full full = queue == null ? null : Gates.checkEmpty(queue, one.asksOf(minimum));
        return full == null
                ? null
                : "It asks for " + full.dimension().say(full.asked()) + ", but the limit of "
                        + full.at().queue.name() + " is " + full.dimension().say(full.allowed()) + ".";
    }

    private @Nullable String overPool(List<Task> minimum) {
        Map<Request, Integer> counts = new LinkedHashMap<>();
        minimum.forEach(task -> counts.merge(task.request(), 1, Integer::sum));
        for (Map.Entry<Request, Integer> entry : counts.entrySet()) {
            long slots = census.slotsWhenEmpty(entry.getKey(), entry.getValue());
            if (slots == 0) {
                return "No node of pool " + session.name + " could hold a pod with " + Words.of(entry.getKey())
                        + ", even when empty.";
            }
            if (slots < entry.getValue()) {
                return "Pool " + session.name + " could hold " + slots + " such pods when empty, but "
                        + entry.getValue() + " must start together.";
            }
        }
        return null;
    }
}
