package dev.berth.demo;

import dev.berth.contract.SchedulerContract;
import dev.berth.demo.ClusterPart.Simulated;
import dev.berth.demo.client.Waiting;
import dev.berth.demo.watch.Progress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A replay with an end: submits a trace, waits until both sides have settled, compares them, and reports. */
final class Run {
    private final Platform platform;
    private final DemoOptions options;
    private final Simulated traced;
    private final Submitted submitted = new Submitted();
    private final Measures measures = new Measures();
    private final Feed feed;
    private final Replay replay;

    Run(Platform platform, DemoOptions options) {
        this.platform = platform;
        this.options = options;
        this.traced = platform.clusters().clusters().get(0);
        this.feed = platform.feed(traced, submitted);
        List<Feed> feeds = new ArrayList<>(List.of(feed));
        this.replay = new Replay(platform.vertx(), platform.clusters().clock(), feeds, options.speed());
        replay.onMove(millis -> {
            if (feed.nextMillis() != Long.MAX_VALUE) {
                measures.allocation(traced.checker().allocation(), millis);
            }
        });
    }

    /** A run's figures, and what was wrong with it; nothing when all was well. */
    record Result(JsonObject report, List<String> complaints, boolean good) {}

    Future<Result> start() {
        platform.clusters()
                .berth()
                .bus()
                .listen(
                        SchedulerContract.CYCLE_DONE.at(traced.site().cluster()),
                        cycle -> measures.cycle(cycle.cycleMicros()));
        Chaos chaos = new Chaos(platform.controlPlane(), this::arrived);
        Runnable calm = options.chaos() ? chaos.start(platform.vertx()) : () -> {};
        long startNanos = System.nanoTime();
        return replay.start()
                .compose(done -> settled())
                .onComplete(done -> calm.run())
                .onSuccess(
                        done -> measures.ended((System.nanoTime() - startNanos) / 1e9, chaos.cuts(), chaos.restarts()))
                .compose(done -> report());
    }

    /** One line on how far it is. */
    String progress() {
        Progress now = traced.progress();
        return String.format(
                "submitted %,d of %,d   bound %,d   waiting %,d   finished %,d   never fit %,d   GPUs %.0f %%",
                submitted.accepted(),
                traced.site().arrivals().size(),
                now.count(Progress.Step.BOUND),
                now.count(Progress.Step.WAITS) + now.undecided(),
                now.count(Progress.Step.FINISHED),
                now.count(Progress.Step.NEVER_FITS),
                100 * traced.checker().allocation());
    }

    private double arrived() {
        return (double) submitted.accepted() / traced.site().arrivals().size();
    }

    /** The control plane has heard of everything that the cluster has settled. */
    private Future<Void> settled() {
        String path = "/workloads/summary?cluster=" + traced.site().cluster();
        return Waiting.until(platform.vertx(), () -> platform.client().get(path).map(summary -> {
            JsonObject byStatus = summary.getJsonObject("byStatus");
            int settled = byStatus.getInteger("Succeeded", 0)
                    + byStatus.getInteger("Failed", 0)
                    + summary.getJsonObject("byReason").getInteger("NeverFits", 0);
            return settled >= submitted.accepted();
        }));
    }

    private Future<Result> report() {
        Report report = new Report(traced, submitted, measures);
        return platform.client()
                .each("/workloads?cluster=" + traced.site().cluster(), report::count)
                .compose(all -> new Comparison(platform.client(), traced).run())
                .map(comparison -> new Result(
                        report.json(options, comparison), report.complaints(comparison), report.good(comparison)));
    }
}
