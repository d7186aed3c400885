package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.Cluster;
import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.CycleReport;
import dev.berth.scheduler.core.Policy;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.cycle.Cycle;
import io.micrometer.core.instrument.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One time of leadership, from the first listing to its end. A cycle is: picture (event loop), decision (worker),
 * statements and explanations (event loop again). Nothing of a term outlives it, so that the next one starts from what
 * the cluster says.
 */
final class Term {
    private static final Logger LOG = LoggerFactory.getLogger(Term.class);

    /**
     * What a term is given to work with.
     *
     * @param reserves whether parts of a device are reserved on nodes that do not say otherwise
     */
    record Parts(
            Vertx vertx,
            Cluster cluster,
            InstantSource clock,
            SchedulerMeters meters,
            LastReport lastReport,
            boolean reserves) {}

    /** Told at the end of each cycle. */
    interface Listener {
        void cycleDone(CycleReport report, long micros);
    }

    private final SchedulerConfig config;
    private final Parts parts;
    private final Clock stopwatch;
    private final BooleanSupplier mayWrite;
    private final Listener listener;
    private final SnapshotFeed feed;
    private final StatementExecutor executor;
    private final ExplanationWriter explanations;
    private final Pacer pacer;
    private final Cycle cycle = new Cycle();
    private final Advice advice;
    private final Promise<Void> synced = Promise.promise();
    private Cursor cursor = Cursor.START;
    private boolean ended;

    Term(SchedulerConfig config, Parts parts, BooleanSupplier mayWrite, Listener listener) {
        this.config = config;
        this.parts = parts;
        this.stopwatch = parts.meters().registry().config().clock();
        this.mayWrite = mayWrite;
        this.listener = listener;
        this.feed = new SnapshotFeed(parts.vertx(), parts.cluster(), this::changed);
        this.executor = new StatementExecutor(
                parts.cluster(),
                feed.tasks(),
                () -> !ended() && mayWrite.getAsBoolean(),
                new StatementExecutor.Limits(
                        config.bindConcurrency(), TimeUnit.MILLISECONDS.toNanos(config.assumeMillis())),
                parts.meters(),
                new StatementExecutor.Slow(feed.requests(), node -> parts.reserves() && !feed.givesByAnnotation(node)));
        this.explanations = new ExplanationWriter(
                parts.cluster(),
                feed::group,
                new ExplanationWriter.Limits(
                        config.explanationsPerSecond(), config.explainAfterMillis(), config.explainAgainMillis()),
                parts.meters());
        this.pacer = new Pacer(parts.vertx(), config.pace(), this::cycle);
        this.advice = new Advice(parts.vertx(), stopwatch, config, pacer::changed);
    }

    /** Opens the watches; succeeds when each has told what there is, and cycles run from then on. */
    Future<Void> begin() {
        feed.open();
        return synced.future();
    }

    void end() {
        ended = true;
        pacer.stop();
        feed.close();
    }

    private boolean ended() {
        return ended;
    }

    private void changed() {
        if (synced.tryComplete()) {
            pacer.start();
        } else {
            pacer.changed();
        }
    }

    private Future<Long> cycle() {
        if (ended || !mayWrite.getAsBoolean()) {
            return Future.succeededFuture(0L);
        }
        executor.lookUpOverdue(stopwatch.monotonicTime());
        executor.collect();
        Snapshot snapshot = feed.snapshot(parts.clock().millis());
        Policy policy = config.policy();
        Cursor from = cursor;
        return parts.vertx()
                .executeBlocking(() -> Decided.by(stopwatch, () -> cycle.run(snapshot, policy, from)))
                .compose(decided -> carryOut(snapshot, decided))
                .onFailure(bug ->
                        LOG.error("cluster={} a cycle failed", parts.cluster().name(), bug));
    }

    private Future<Long> carryOut(Snapshot snapshot, Decided decided) {
        if (ended || !mayWrite.getAsBoolean()) {
            return Future.succeededFuture(0L);
        }
        CycleReport report = decided.report();
        cursor = report.next();
        parts.lastReport().put(report.explanations().size());
        parts.meters().cycle(Duration.ofNanos(decided.nanos()), report.steps());
        executor.execute(report.statements(), stopwatch.monotonicTime());
        explanations.write(
                BindFailures.add(
                        advice.add(snapshot, report.explanations()),
                        feed.tasks().failures()),
                parts.clock().millis());
        listener.cycleDone(report, TimeUnit.NANOSECONDS.toMicros(decided.nanos()));
        if (!cursor.equals(Cursor.START)) {
            pacer.changed();
        }
        return executor.drained().map(TimeUnit.NANOSECONDS.toMillis(decided.nanos()));
    }
}
