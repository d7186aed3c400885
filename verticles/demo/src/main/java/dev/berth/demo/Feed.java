package dev.berth.demo;

import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.client.ApiClient;
import dev.berth.demo.client.Submission;
import dev.berth.demo.trace.Arrivals.Arrival;
import dev.berth.demo.trace.TracePod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What arrives at one cluster: submits in batches what is due, and remembers when. Used on one event loop. */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    /** Workloads in one request. */
    private static final int BATCH = 100;
    /** Requests under way. */
    private static final int CONCURRENT = 4;
    /** Finished workloads that a demo without end leaves for looking at. */
    private static final int KEEP_FINISHED = 1_500;

    private static final int DELETES = 8;

    private final Simulated simulated;
    private final ApiClient client;
    private final Submitted submitted;
    private final String run;
    private final LongSupplier wallMillis;
    private final Deque<JsonObject> due = new ArrayDeque<>();
    private int next;
    private int pass;
    private int requests;
    private int sending;
    private int deleting;

    /** @param run distinguishes the names of this run from those of runs before; empty in the first */
    Feed(Simulated simulated, ApiClient client, Submitted submitted, String run, LongSupplier wallMillis) {
        this.simulated = simulated;
        this.client = client;
        this.submitted = submitted;
        this.run = run;
        this.wallMillis = wallMillis;
    }

    /** When the next workload arrives, from the start of the replay; never: the largest number. */
    long nextMillis() {
        List<Arrival> arrivals = simulated.site().arrivals();
        if (next == arrivals.size() && simulated.site().endless()) {
            next = 0;
            pass++;
        }
        return next == arrivals.size()
                ? Long.MAX_VALUE
                : arrivals.get(next).atMillis() + pass * simulated.site().everyMillis();
    }

    /** Takes what has arrived by then. */
    void arrive(long elapsedMillis) {
        while (nextMillis() <= elapsedMillis) {
            TracePod pod = simulated.site().arrivals().get(next++).pod();
            due.add(Submission.of(pod, nameOf(pod), simulated.site().cluster()));
        }
        send();
        clean();
    }

    /** Pods of later passes and runs get names of their own. */
    private String nameOf(TracePod pod) {
        return pod.name() + run + (pass == 0 ? "" : "-p" + pass);
    }

    /** Workloads on their way from here to a decision of the scheduler. */
    int underWay() {
        return due.size()
                + sending
                + Math.max(0, submitted.accepted() - simulated.progress().known())
                + simulated.progress().undecided();
    }

    /** Whether requests lag so much that the clock should wait. */
    boolean behind() {
        return due.size() > BATCH * CONCURRENT;
    }

    /** Whether everything has come and nothing will change any more. */
    boolean settled() {
        return nextMillis() == Long.MAX_VALUE
                && due.isEmpty()
                && sending == 0
                && simulated.progress().settled() >= submitted.accepted();
    }

    private void send() {
        while (requests < CONCURRENT && !due.isEmpty()) {
            List<JsonObject> batch = new ArrayList<>(BATCH);
            while (batch.size() < BATCH && !due.isEmpty()) {
                batch.add(due.poll());
            }
            requests++;
            sending += batch.size();
            long atMillis = wallMillis.getAsLong();
            client.submit(batch).onComplete(answer -> {
                requests--;
                sending -= batch.size();
                if (answer.succeeded()) {
                    submitted.answered(batch, answer.result(), atMillis);
                } else {
                    LOG.error(
                            "{} workloads were not submitted: {}",
                            batch.size(),
                            answer.cause().getMessage());
                    submitted.unanswered(batch.size());
                }
                send();
            });
        }
    }

    private void clean() {
        if (!simulated.site().endless()) {
            return;
        }
        while (deleting < DELETES) {
            String id = simulated.progress().pollFinished(KEEP_FINISHED);
            if (id == null) {
                return;
            }
            deleting++;
            client.delete("/workloads/" + id).onComplete(done -> {
                deleting--;
                submitted.forget(id);
            });
        }
    }
}
