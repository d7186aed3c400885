package dev.berth.api.server.live;

import dev.berth.api.server.live.Listener.Reason;
import dev.berth.api.server.store.Look;
import dev.berth.api.server.store.OutboxStore.Standing;
import dev.berth.api.server.store.TenantTransaction;
import dev.berth.contract.MetricsContract;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one tenant. In each pass those with the same cursor share one reading; those that lag behind, because
 * they just came or read slowly, have one of their own until they catch up.
 */
final class TenantStream {
    private static final Logger LOG = LoggerFactory.getLogger(TenantStream.class);
    private static final int MAX_READINGS = 16;
    /** Beats in a row that a listener may be too full to be told anything: a minute. */
    private static final int MAX_SKIPPED = 240;

    private static final long PROJECTS_MILLIS = 1_000;
    private static final int MAX_CLUSTERS = 1_000;

    private final UUID tenant;
    private final TenantTransaction transactions;
    private final ChangeReader reader;
    private final Set<Subscription> subscriptions = new HashSet<>();
    private final Set<UUID> changedProjects = new HashSet<>();
    private final Map<String, MetricsContract.Samples> samples = new LinkedHashMap<>();
    private boolean rung = true;
    private boolean reading;
    private long lastRead;
    private long lastProjects;

    TenantStream(UUID tenant, TenantTransaction transactions, ChangeReader reader) {
        this.tenant = tenant;
        this.transactions = transactions;
        this.reader = reader;
    }

    int size() {
        return subscriptions.size();
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
        rung = true;
    }

    boolean remove(Subscription subscription) {
        return subscriptions.remove(subscription);
    }

    List<Subscription> ended() {
        return subscriptions.stream().filter(Subscription::closed).toList();
    }

    void ring(long version) {
        rung |= subscriptions.stream().anyMatch(subscription -> subscription.cursor() < version);
    }

    /** Newest wins for each cluster. */
    void sampled(MetricsContract.Samples newest) {
        if (samples.size() < MAX_CLUSTERS
                || samples.containsKey(newest.cluster().value())) {
            samples.put(newest.cluster().value(), newest);
        }
    }

    void end() {
        List.copyOf(subscriptions)
                .forEach(subscription -> subscription.listener().ended(Reason.SHUTDOWN));
        subscriptions.clear();
    }

    void quiet(long now, long afterMillis) {
        List.copyOf(subscriptions).forEach(subscription -> subscription.quiet(now, afterMillis));
    }

    void beat(long now, long pollMillis) {
        tellSamples();
        if (reading || !(rung || now - lastRead >= pollMillis)) {
            return;
        }
        rung = false;
        reading = true;
        lastRead = now;
        transactions
                .read(tenant, look -> reader.standing(look).compose(standing -> pass(look, standing, now)))
                .onFailure(failure ->
                        LOG.warn("Could not read the changes of a tenant; tried again soon: {}", failure.toString()))
                .onComplete(done -> reading = false);
    }

    private void tellSamples() {
        if (samples.isEmpty()) {
            return;
        }
        for (Subscription subscription : List.copyOf(subscriptions)) {
            if (subscription.topics().contains("samples")
                    && !subscription.listener().full()) {
                samples.values().forEach(subscription.listener()::sampled);
            }
        }
        samples.clear();
    }

    private Future<Void> pass(Look look, Standing standing, long now) {
        Map<Long, List<Subscription>> byCursor = new TreeMap<>();
        for (Subscription subscription : List.copyOf(subscriptions)) {
            if (!subscription.ready()) {
                if (subscription.skipped() > MAX_SKIPPED) {
                    finish(subscription, Reason.TOO_SLOW);
                }
            } else if (subscription.cursor() < standing.compacted()) {
                finish(subscription, Reason.COMPACTED);
            } else if (subscription.cursor() < standing.version()) {
                byCursor.computeIfAbsent(subscription.cursor(), any -> new ArrayList<>())
                        .add(subscription);
            }
        }
        Future<Void> chain = Future.succeededFuture();
        int readings = 0;
        for (Map.Entry<Long, List<Subscription>> group : byCursor.entrySet()) {
            if (readings++ == MAX_READINGS) {
                rung = true;
                break;
            }
            chain = chain.compose(done -> tell(look, group.getKey(), group.getValue(), now));
        }
        return chain.compose(done -> tellProjects(look, now));
    }

    private Future<Void> tell(Look look, long cursor, List<Subscription> group, long now) {
        Set<String> topics =
                group.stream().flatMap(one -> one.topics().stream()).collect(Collectors.toSet());
        return reader.since(look, cursor, topics).map(batch -> {
            rung |= batch.more();
            if (topics.contains("projects")) {
                changedProjects.addAll(batch.projects());
            }
            for (Subscription subscription : group) {
                if (!subscription.closed()) {
                    subscription.tell(batch.events(), batch.upTo(), now);
                }
            }
            return null;
        });
    }

    /** A project's numbers follow from its workloads; they are summed up once a second at most. */
    private Future<Void> tellProjects(Look look, long now) {
        if (changedProjects.isEmpty()) {
            return Future.succeededFuture();
        }
        if (now - lastProjects < PROJECTS_MILLIS) {
            return Future.succeededFuture();
        }
        lastProjects = now;
        Set<UUID> ids = new HashSet<>(changedProjects);
        changedProjects.clear();
        return reader.projects(look, ids).map(events -> {
            for (Subscription subscription : List.copyOf(subscriptions)) {
                if (!subscription.closed() && !subscription.listener().full()) {
                    subscription.pass(events, now);
                }
            }
            return null;
        });
    }

    private static void finish(Subscription subscription, Reason reason) {
        if (!subscription.closed()) {
            subscription.close();
            subscription.listener().ended(reason);
        }
    }
}
