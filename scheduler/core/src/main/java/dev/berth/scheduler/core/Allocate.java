package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives free room to who waits: turn after turn, the best gang of the best queue gets all that it lacks for its minimum or,
 * when it has that, one task more. What finds no room gives back what it took and has no other turn in this cycle.
 */
final class Allocate {
    private final PoolSession session;
    private final Budget budget;

    Allocate(PoolSession session, Budget budget) {
        this.session = session;
        this.budget = budget;
    }

    void run(List<Waiting> line) {
        session.tree.line(line.stream().filter(one -> one.blocked == null).toList());
        while (!budget.exhausted()) {
            Waiting one = session.tree.poll();
            if (one == null) {
                return;
            }
            if (one.turn == 0) {
                one.turn = session.nextTurn();
            }
            budget.spend(1);
            one.blocked = turn(one);
            session.tree.endTurn(one, one.blocked == null && !one.isDone());
        }
    }

    private @Nullable Blocked turn(Waiting one) {
        QueueNode queue = session.queueOf(one);
        if (queue == null) {
            return new Blocked.NoQueue(one.gang.group().queue());
        }
        boolean preemptible = one.gang.group().preemptible();
        Blocked full = Gates.check(queue, one.asks(), preemptible);
        if (full != null) {
            return full;
        }
        List<Task> tasks = one.next();
        Blocked known = knownToFail(tasks);
        if (known != null) {
            return known;
        }
        int mark = session.nodes.mark();
        List<PoolNodes.Chosen> places = new ArrayList<>(tasks.size());
        Blocked blocked = place(tasks, places);
        long[] charge = charge(tasks, places);
        if (blocked == null) {
            blocked = Gates.check(queue, charge, preemptible);
        }
        if (blocked != null) {
            session.nodes.rollback(mark);
            return blocked;
        }
        queue.charge(charge, preemptible, 1);
        return commit(one, tasks, places);
    }

    /** Room only shrinks, so what found none at an earlier turn need not look again. */
    private @Nullable Blocked knownToFail(List<Task> tasks) {
        Request request = tasks.get(0).request();
        Blocked.NoRoom failed = session.failed.get(request);
        if (failed == null || (failed.needed() > 1 && !alike(tasks)) || tasks.size() < failed.needed()) {
            return null;
        }
        return new Blocked.NoRoom(failed.placed(), tasks.size(), tasks.get(0));
    }

    private @Nullable Blocked place(List<Task> tasks, List<PoolNodes.Chosen> places) {
        for (Task task : tasks) {
            budget.spend(session.nodes.steps());
            PoolNodes.Chosen chosen = session.nodes.find(task.request());
            if (chosen == null) {
                return remember(tasks, new Blocked.NoRoom(places.size(), tasks.size(), task));
            }
            session.nodes.take(task.request(), chosen);
            places.add(chosen);
        }
        return null;
    }

    private Blocked remember(List<Task> tasks, Blocked.NoRoom failure) {
        if (alike(tasks)) {
            session.failed.put(
                    failure.stuck().request(),
                    new Blocked.NoRoom(failure.placed(), failure.placed() + 1, failure.stuck()));
        }
        return failure;
    }

    private static boolean alike(List<Task> tasks) {
        Request first = tasks.get(0).request();
        for (Task task : tasks) {
            if (task.request() != first && !task.request().equals(first)) {
                return false;
            }
        }
        return true;
    }

    /** What the queue pays: on the chosen nodes memory of a GPU has its real size. */
    private static long[] charge(List<Task> tasks, List<PoolNodes.Chosen> places) {
        long[] sum = new long[3];
        for (int i = 0; i < places.size(); i++) {
            Request request = tasks.get(i).request();
            PoolNodes.Chosen chosen = places.get(i);
            sum[Dimension.GPU.ordinal()] += (long) chosen.devices().length * chosen.milliPerDevice();
            sum[Dimension.CPU.ordinal()] += request.cpuMilli();
            sum[Dimension.MEMORY.ordinal()] += request.memoryBytes();
        }
        return sum;
    }

    /** Binds the tasks; if one of them has to wait for others to leave, all do, so that a gang never starts in part. */
    private @Nullable Blocked commit(Waiting one, List<Task> tasks, List<PoolNodes.Chosen> places) {
        int later = 0;
        for (PoolNodes.Chosen chosen : places) {
            later += chosen.later() ? 1 : 0;
        }
        for (int i = 0; i < tasks.size(); i++) {
            session.statements.add(statement(tasks.get(i), places.get(i), later > 0));
        }
        if (later > 0) {
            return new Blocked.Leaving(later, tasks.size());
        }
        one.starts(tasks.size());
        return null;
    }

    private Statement statement(Task task, PoolNodes.Chosen chosen, boolean later) {
        String node = session.nodes.base(chosen.node()).node().name();
        if (later) {
            return new Statement.Pipeline(task.id(), task.group(), node);
        }
        List<Integer> devices = new ArrayList<>(chosen.devices().length);
        for (int device : chosen.devices()) {
            devices.add(device);
        }
        return new Statement.Bind(task.id(), task.group(), node, devices, chosen.milliPerDevice());
    }
}
