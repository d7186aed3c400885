package dev.berth.loadtest;

import dev.berth.tunnel.AgentIdentity;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.JoinToken;
import dev.berth.tunnel.Limits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All agents of a load, on one event loop. Everything here is called on it. */
final class Swarm {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);
    private static final int AT_ONCE = 64;
    private static final int LOGGED_TROUBLES = 10;
    private static final int ENROLMENTS = 8;
    private static final long ENROL_MILLIS = 500;
    private static final long ARRIVAL_TICK_MILLIS = 2;
    private static final long TICK_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 20;
    private static final AgentIdentity.Platform PLATFORM = new AgentIdentity.Platform("loadtest", "", "");

    private final Vertx vertx;
    private final Context context;
    private final Doors doors;
    private final LongSupplier nanoTime;
    private final Random random = new Random(1);
    private final LatencyBook latencies = new LatencyBook();
    private final LatencyBook reconnects = new LatencyBook();
    private final List<FakeAgent> agents = new ArrayList<>();
    private int troubles;

    Swarm(Vertx vertx, Doors doors, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.doors = doors;
        this.nanoTime = nanoTime;
    }

    /** Runs this on the swarm's event loop. */
    <T> Future<T> call(java.util.function.Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(on -> action.get().onComplete(done));
        return done.future();
    }

    /** Spends the tokens and opens a tunnel for each. */
    Future<Void> connect(List<JoinToken> tokens) {
        vertx.setPeriodic(TICK_MILLIS, timer -> agents.forEach(FakeAgent::tick));
        return someAtATime(tokens.iterator(), this::join);
    }

    private Future<Void> join(JoinToken token) {
        ClusterKey key = ClusterKey.generate();
        return enrol(token, key, 1).compose(enrolled -> {
            String instance = UUID.randomUUID().toString();
            FakeAgent agent =
                    new FakeAgent(this, new AgentIdentity(token.cluster(), key, doors.host(), instance, PLATFORM));
            agents.add(agent);
            return agent.start();
        });
    }

    /** The same key may come again with the same token, so a connection that breaks on the way costs a moment only. */
    private Future<Void> enrol(JoinToken token, ClusterKey key, int attempt) {
        return doors.enrol(token, key).recover(failure -> {
            if (failure instanceof Doors.Refused || attempt == ENROLMENTS) {
                return Future.failedFuture(failure);
            }
            troubled("An agent could not enrol yet: " + failure.getMessage());
            Promise<Void> again = Promise.promise();
            later(1 + (long) (attempt * ENROL_MILLIS * random()), () -> enrol(token, key, attempt + 1)
                    .onComplete(again));
            return again.future();
        });
    }

    private static <T> Future<Void> someAtATime(Iterator<T> all, Function<T, Future<Void>> action) {
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < AT_ONCE; lane++) {
            lanes.add(oneByOne(all, action));
        }
        return Future.all(lanes).mapEmpty();
    }

    private static <T> Future<Void> oneByOne(Iterator<T> all, Function<T, Future<Void>> action) {
        return all.hasNext()
                ? action.apply(all.next()).compose(done -> oneByOne(all, action))
                : Future.succeededFuture();
    }

    /** Reports at the rate of the load, each at its time whatever became of those before it. */
    Future<Void> drive(Load load) {
        Promise<Void> over = Promise.promise();
        long start = nanos();
        long[] next = {0};
        Set<FakeAgent> news = new HashSet<>();
        vertx.setPeriodic(ARRIVAL_TICK_MILLIS, timer -> {
            long now = nanos() - start;
            while (next[0] < load.reports() && load.dueNanos(next[0]) <= now) {
                FakeAgent agent = agents.get((int) (next[0] % agents.size()));
                agent.report(next[0] / agents.size(), start + load.dueNanos(next[0]));
                news.add(agent);
                next[0]++;
            }
            news.forEach(FakeAgent::flush);
            news.clear();
            if (next[0] == load.reports()) {
                vertx.cancelTimer(timer);
                over.complete();
            }
        });
        return over.future();
    }

    /** Done when everything is acknowledged, or when the time is up. */
    Future<Void> settle(long withinMillis) {
        Promise<Void> settled = Promise.promise();
        long until = nanos() + withinMillis * 1_000_000;
        vertx.setPeriodic(LOOK_MILLIS, timer -> {
            if (open() == 0 || nanos() > until) {
                vertx.cancelTimer(timer);
                settled.complete();
            }
        });
        return settled.future();
    }

    long open() {
        return agents.stream().mapToLong(agent -> agent.ledger().open()).sum();
    }

    boolean everyAgentHasObjects() {
        return agents.stream().allMatch(agent -> agent.ledger().objects() > 0);
    }

    long missing(Map<String, Long> stored) {
        return agents.stream()
                .mapToLong(agent -> agent.ledger().missing(stored))
                .sum();
    }

    Future<Void> stop() {
        agents.forEach(FakeAgent::stop);
        return doors.close();
    }

    Future<WebSocket> dial() {
        return doors.dial();
    }

    void later(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }

    void reconnected(long afterNanos) {
        reconnects.record(afterNanos);
    }

    /** Worth a line, but not one for each agent. */
    void troubled(String trouble) {
        if (troubles++ < LOGGED_TROUBLES) {
            LOG.warn("{}", trouble);
        }
    }

    double random() {
        return random.nextDouble();
    }

    long pingMillis() {
        return (long) (Limits.PING_MILLIS * (0.8 + 0.4 * random()));
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return nanos() / 1_000_000;
    }

    LatencyBook latencies() {
        return latencies;
    }

    LatencyBook reconnects() {
        return reconnects;
    }
}
