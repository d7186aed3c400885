package dev.berth.scheduler.core.action;

import dev.berth.scheduler.core.queue.Contender;
import dev.berth.scheduler.core.queue.Job;
import dev.berth.scheduler.core.queue.QueueNode;
import dev.berth.scheduler.core.queue.Seat;
import dev.berth.scheduler.core.queue.Turns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The jobs of which something may be taken, by queue, each queue's in the order of the victims; kept while an action runs. */
final class VictimBook {
    private static final Comparator<Contender> LAST_FIRST = Contender.order().reversed();

    private final Session session;
    private final Map<QueueNode, List<Contender>> byQueue = new LinkedHashMap<>();
    private final Map<Job, Contender> listed = new IdentityHashMap<>();

    VictimBook(Session session) {
        this.session = session;
        for (Job job : session.everybody()) {
            if (mayLose(job) && job.queue != null) {
                byQueue.computeIfAbsent(job.queue, queue -> new ArrayList<>()).add(list(job));
            }
        }
        byQueue.values().forEach(list -> list.sort(LAST_FIRST));
    }

    private static boolean mayLose(Job job) {
        return job.mayLose() && job.queue != null && job.isActive();
    }

    private Contender list(Job job) {
        Contender one =
                Contender.victim(job, job.seats.stream().filter(Seat::isActive).toList());
        listed.put(job, one);
        return one;
    }

    /** Looks anew at a job that lost something or was given something. */
    void update(Job job) {
        QueueNode queue = job.queue;
        Contender old = listed.remove(job);
        if (queue == null) {
            return;
        }
        List<Contender> list = byQueue.computeIfAbsent(queue, some -> new ArrayList<>());
        if (old != null) {
            list.remove(Collections.binarySearch(list, old, LAST_FIRST));
        }
        if (mayLose(job)) {
            Contender one = list(job);
            list.add(-Collections.binarySearch(list, one, LAST_FIRST) - 1, one);
        }
    }

    /** The victims one after the other; looks at no more of them than are asked for. */
    Turns turns(Predicate<QueueNode> queues, Predicate<Job> jobs) {
        Map<QueueNode, Iterator<Contender>> sources = new LinkedHashMap<>();
        for (QueueNode queue : session.tree.all()) {
            List<Contender> list = byQueue.get(queue);
            if (list != null && queues.test(queue)) {
                sources.put(
                        queue, list.stream().filter(one -> jobs.test(one.job)).iterator());
            }
        }
        return Turns.victims(session.tree, sources);
    }
}
