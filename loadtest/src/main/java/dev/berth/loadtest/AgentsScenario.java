package dev.berth.loadtest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connect, drive, settle, look into the store, report. Blocks. */
final class AgentsScenario {
    private static final Logger LOG = LoggerFactory.getLogger(AgentsScenario.class);
    private static final long CONNECT_SECONDS = 600;
    private static final long SETTLE_MILLIS = 30_000;
    private static final double NANOS = 1e9;

    private final ControlPlane plane;
    private final Load load;
    private final LongSupplier nanoTime;

    AgentsScenario(ControlPlane plane, Load load, LongSupplier nanoTime) {
        this.plane = plane;
        this.load = load;
        this.nanoTime = nanoTime;
    }

    AgentsReport run() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Swarm swarm = new Swarm(vertx, new Doors(vertx, plane.gateway(), plane.authority()), nanoTime);
        try {
            return run(vertx, swarm);
        } finally {
            await(swarm.call(swarm::stop), CONNECT_SECONDS);
            await(vertx.close(), CONNECT_SECONDS);
        }
    }

    private AgentsReport run(Vertx vertx, Swarm swarm) {
        long begin = nanoTime.getAsLong();
        await(swarm.call(() -> swarm.connect(plane.joinTokens())), CONNECT_SECONDS);
        double connectSeconds = (nanoTime.getAsLong() - begin) / NANOS;
        LOG.info("{} agents are connected after {} s", load.agents(), Math.round(connectSeconds));
        if (!swarm.everyAgentHasObjects()) {
            throw new IllegalStateException(
                    "Expected every cluster to have a workload to report on. Submit some first.");
        }
        long first = nanoTime.getAsLong();
        long cutter =
                load.cutEveryMillis() == 0 ? -1 : vertx.setPeriodic(load.cutEveryMillis(), timer -> plane.cutTunnels());
        await(swarm.call(() -> swarm.drive(load)), load.seconds() + CONNECT_SECONDS);
        vertx.cancelTimer(cutter);
        await(swarm.call(() -> swarm.settle(SETTLE_MILLIS)), CONNECT_SECONDS);
        double took = (nanoTime.getAsLong() - first) / NANOS;
        return report(swarm, connectSeconds, took);
    }

    private AgentsReport report(Swarm swarm, double connectSeconds, double took) {
        Map<String, Long> stored = plane.stored();
        long open = await(swarm.call(() -> Future.succeededFuture(swarm.open())), CONNECT_SECONDS);
        long missing = stored.isEmpty()
                ? 0
                : await(swarm.call(() -> Future.succeededFuture(swarm.missing(stored))), CONNECT_SECONDS);
        long acknowledged = load.reports() - open;
        return new AgentsReport(
                load.agents(),
                load.ratePerSecond(),
                load.seconds(),
                load.reports(),
                acknowledged,
                open + missing,
                swarm.reconnects().count(),
                Math.round(10 * acknowledged / took) / 10.0,
                swarm.latencies().percentiles(),
                swarm.reconnects().percentiles(),
                Math.round(10 * connectSeconds) / 10.0,
                Machine.heapMiB(),
                plane instanceof OwnControlPlane ? "in this process, with its PostgreSQL" : plane.gateway(),
                Machine.here());
    }

    private static <T> T await(Future<T> future, long seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("Expected the agents to be done within " + seconds + " s.", late);
        }
    }
}
