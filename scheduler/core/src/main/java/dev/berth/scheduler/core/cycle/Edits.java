package dev.berth.scheduler.core.cycle;

import dev.berth.model.GpuRequest;
import dev.berth.model.Reason;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.Gang;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.action.Session;
import dev.berth.scheduler.core.explain.PoolCensus;
import dev.berth.scheduler.core.queue.Blocked;
import dev.berth.scheduler.core.queue.Job;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Guesses which changes might start a waiting gang, from what it ran into and what is free after the cycle. */
final class Edits {
    private static final int[] FRACTIONS = {900, 800, 750, 700, 600, 500, 400, 300, 250, 200, 100, 50};
    private static final int MAX_MODELS = 4;
    private static final int MAX_POOLS = 3;
    private static final int FINEST_CPU_MILLI = 500;
    private static final int FINEST_MIB = 256;

    private final Decision decision;
    private final Session session;
    private final PoolCensus census;
    private final Job waiting;
    private final Gang gang;
    private final List<Edit> edits = new ArrayList<>();

    Edits(Decision decision, Session session, Job waiting) {
        this.decision = decision;
        this.session = session;
        this.census = new PoolCensus(session.nodes);
        this.waiting = waiting;
        this.gang = waiting.gang;
    }

    /** The smallest first within each kind of change; none is certain. */
    List<Edit> guess() {
        if (waiting.blocked instanceof Blocked.Full full) {
            morePermission(full);
        } else if (waiting.blocked instanceof Blocked.NoRoom noRoom) {
            lessRoom(noRoom);
        }
        return edits;
    }

    private void morePermission(Blocked.Full full) {
        boolean quota = full.reason() == Reason.OVER_QUOTA;
        fewerWorkers(full);
        if (quota) {
            edits.add(Edit.preemptible(gang));
        }
        edits.add(Edit.amount(full, session.name, !quota));
    }

    /** As many as the queue still allows, when all ask for the same. */
    private void fewerWorkers(Blocked.Full full) {
        int next = waiting.next(false).size();
        long each = full.asked() / next;
        long allowed = each == 0 ? 0 : (full.allowed() - full.held()) / each;
        if (!waiting.hasMinimum() && allowed > 0 && allowed < next) {
            edits.add(Edit.workers(gang, gang.group().minMember() - next + (int) allowed));
        }
    }

    private void lessRoom(Blocked.NoRoom noRoom) {
        int workers = gang.group().minMember() - noRoom.needed() + noRoom.placed();
        if (!waiting.hasMinimum() && workers > 0 && noRoom.placed() > 0) {
            edits.add(Edit.workers(gang, workers));
        }
        Request request = noRoom.stuck().request();
        if (gang.pending().stream().allMatch(task -> task.request().equals(request))) {
            otherRequest(request, noRoom.needed());
        }
        otherPools(request, noRoom.needed());
    }

    private void otherRequest(Request request, int needed) {
        lessGpu(request, needed);
        long cpu = largest(
                request.cpuMilli() / FINEST_CPU_MILLI,
                needed,
                steps -> with(request, steps * FINEST_CPU_MILLI, request.memoryBytes()));
        if (cpu > 0) {
            edits.add(Edit.cpu(gang, request.cpuMilli(), cpu * FINEST_CPU_MILLI));
        }
        long mib = request.memoryBytes() / Resources.MIB;
        long memory = largest(
                mib / FINEST_MIB,
                needed,
                steps -> with(request, request.cpuMilli(), steps * FINEST_MIB * Resources.MIB));
        if (memory > 0) {
            edits.add(Edit.memory(gang, mib, memory * FINEST_MIB));
        }
        otherModels(request, needed);
        Request anywhere = request.withNodes(request.gpuModels(), Map.of());
        if (!request.nodeSelector().isEmpty() && census.slotsNow(anywhere, needed) >= needed) {
            edits.add(Edit.noSelector(gang, request.nodeSelector().toString()));
        }
    }

    private void lessGpu(Request request, int needed) {
        int devices = request.gpu().devices();
        long fewer = largest(devices, needed, count -> Edit.devices(gang, devices, (int) count)
                .requestAfter(gang));
        if (devices > 1 && fewer > 0) {
            edits.add(Edit.devices(gang, devices, (int) fewer));
        }
        int milli = request.gpu().match(whole -> 1000, GpuRequest.Fraction::milli, memory -> 0);
        for (int smaller : FRACTIONS) {
            if (devices == 1 && smaller < milli) {
                Edit edit = Edit.fraction(gang, milli, smaller);
                if (census.slotsNow(edit.requestAfter(gang), needed) >= needed) {
                    edits.add(edit);
                    return;
                }
            }
        }
    }

    /** The largest number of steps below {@code all} with which so many find room; 0 when none does. */
    private long largest(long all, int needed, LongFunction<Request> request) {
        long low = 0;
        long high = all;
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (census.slotsNow(request.apply(middle), needed) >= needed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Request with(Request request, long cpuMilli, long memoryBytes) {
        return request.withAmounts(cpuMilli, memoryBytes, request.gpu());
    }

    private void otherModels(Request request, int needed) {
        if (request.gpuModels().isEmpty()) {
            return;
        }
        Set<String> models = new TreeSet<>();
        for (int i = 0; i < session.nodes.size(); i++) {
            models.add(session.nodes.kind(i).gpuModel());
        }
        models.removeAll(request.gpuModels());
        models.remove("");
        int tried = 0;
        for (String model : models) {
            Edit edit = Edit.model(gang, request.gpuModels(), model);
            if (tried < MAX_MODELS && census.slotsNow(edit.requestAfter(gang), needed) >= needed) {
                edits.add(edit);
                tried++;
            }
        }
    }

    private void otherPools(Request request, int needed) {
        Set<String> tried = new HashSet<>();
        decision.sessions().forEach((pool, other) -> {
            if (other != session
                    && tried.size() < MAX_POOLS
                    && new PoolCensus(other.nodes).slotsNow(request, needed) >= needed) {
                tried.add(pool);
                edits.add(Edit.pool(gang, pool));
            }
        });
    }
}
