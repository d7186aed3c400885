package dev.berth.api.server.live;

import dev.berth.api.server.store.TenantTransaction;
import dev.berth.api.server.usecase.Nodes;
import dev.berth.contract.ChangeContract;
import dev.berth.contract.MetricsContract;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.runtime.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All listeners of this process, and the rhythm in which they are told. */
public final class LiveStreams {
    private static final long BEAT_MILLIS = 250;
    private static final long POLL_MILLIS = 1_000;
    private static final long QUIET_MILLIS = 5_000;
    private static final int MAX_LISTENERS = 1_000;
    private static final int MAX_LISTENERS_OF_TENANT = 500;

    private final Vertx vertx;
    private final InstantSource clock;
    private final TenantTransaction transactions;
    private final ChangeReader reader;
    private final Map<UUID, TenantStream> streams = new HashMap<>();
    private final List<Bus.Served> served = new ArrayList<>();
    private int listeners;
    private long timer = -1;

    public LiveStreams(Vertx vertx, InstantSource clock, TenantTransaction transactions) {
        this.vertx = vertx;
        this.clock = clock;
        this.transactions = transactions;
        this.reader = new ChangeReader(new Nodes(transactions));
    }

    public void start(Bus bus) {
        served.add(bus.listen(ChangeContract.CHANGED, changed -> {
            TenantStream stream = streams.get(UUID.fromString(changed.tenant().value()));
            if (stream != null) {
                stream.ring(changed.version());
            }
        }));
        served.add(bus.listen(MetricsContract.SAMPLES, samples -> {
            TenantStream stream = streams.get(UUID.fromString(samples.tenant().value()));
            if (stream != null) {
                stream.sampled(samples);
            }
        }));
        timer = vertx.setPeriodic(BEAT_MILLIS, beat -> beat());
    }

    /** Ends every stream in good order. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        streams.values().forEach(TenantStream::end);
        streams.clear();
        return Future.all(served.stream().map(Bus.Served::close).toList()).mapEmpty();
    }

    /** Where the tenant's numbering stands: what a stream that begins now begins behind. Refuses what was compacted away. */
    public Future<Long> begin(UUID tenant, long asked) {
        return transactions.read(tenant, reader::standing).map(standing -> {
            if (asked >= 0 && asked < standing.compacted()) {
                throw new Refused(
                        new Refusal.Gone("Changes since version " + asked + " are no longer kept. List again."));
            }
            if (asked > standing.version()) {
                throw new Refused(new Refusal.Gone(
                        "Version " + asked + " was never reached; the store was set back. List again."));
            }
            return asked >= 0 ? asked : standing.version();
        });
    }

    /** From now on the listener is told. */
    public void add(Subscription subscription) {
        TenantStream stream = streams.computeIfAbsent(
                subscription.tenant(), tenant -> new TenantStream(tenant, transactions, reader));
        if (listeners >= MAX_LISTENERS || stream.size() >= MAX_LISTENERS_OF_TENANT) {
            throw new Refused(new Refusal.Busy("Too many open streams.", 10));
        }
        listeners++;
        subscription.begin(clock.millis());
        stream.add(subscription);
    }

    public void remove(Subscription subscription) {
        TenantStream stream = streams.get(subscription.tenant());
        if (stream != null && stream.remove(subscription)) {
            listeners--;
            if (stream.size() == 0) {
                streams.remove(subscription.tenant());
            }
        }
    }

    private void beat() {
        long now = clock.millis();
        for (TenantStream stream : List.copyOf(streams.values())) {
            stream.beat(now, POLL_MILLIS);
            stream.quiet(now, QUIET_MILLIS);
            for (Subscription ended : stream.ended()) {
                remove(ended);
            }
        }
    }
}
