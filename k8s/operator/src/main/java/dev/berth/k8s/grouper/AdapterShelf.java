package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterCheck;
import dev.berth.k8s.adapter.BuiltInAdapters;
import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.crd.StatusCondition;
import dev.berth.k8s.crd.adapter.AdapterStatus;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters in use, by kind: users' ones before built-in ones, and of a user's one that was broken by a change the last
 * that worked. Checked on a worker, as compiling takes its time; used on the event loop.
 */
final class AdapterShelf {
    private static final Logger LOG = LoggerFactory.getLogger(AdapterShelf.class);
    private static final String ACCEPTED = "Accepted";
    private static final int MAX_ADAPTERS = 256;

    private record Target(String group, String kind) {}

    /** @param generation of the spec that the adapter is of, or that was refused */
    private record Shelved(WorkloadAdapter object, long generation, Optional<Adapter> lastGood) {}

    private final Vertx vertx;
    private final Cluster cluster;
    private final InstantSource clock;
    private final AdapterCheck check;
    private final Map<Target, Adapter> builtIn;
    private final Map<String, Shelved> users = new HashMap<>();
    private final Map<Target, Adapter> inUse = new HashMap<>();
    private Future<Void> working = Future.succeededFuture();
    private Runnable changed = () -> {};

    private AdapterShelf(
            Vertx vertx, Cluster cluster, InstantSource clock, AdapterCheck check, Map<Target, Adapter> builtIn) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.clock = clock;
        this.check = check;
        this.builtIn = builtIn;
        inUse.putAll(builtIn);
    }

    /** Reads and compiles the built-in adapters. */
    static Future<AdapterShelf> open(Vertx vertx, Cluster cluster, InstantSource clock) {
        return vertx.executeBlocking(() -> {
            AdapterCheck check = new AdapterCheck();
            Map<Target, Adapter> builtIn = new HashMap<>();
            for (WorkloadAdapter object : BuiltInAdapters.read()) {
                Adapter adapter = check.check(object.getSpec()).adapter().orElseThrow();
                builtIn.put(target(adapter.target()), adapter);
            }
            return new AdapterShelf(vertx, cluster, clock, check, builtIn);
        });
    }

    /** @param listener told when other adapters are in use than before */
    void onChange(Runnable listener) {
        changed = listener;
    }

    Optional<Adapter> find(ForeignKind kind) {
        return Optional.ofNullable(inUse.get(new Target(kind.group(), kind.kind())));
    }

    void tell(Change<WorkloadAdapter> change) {
        change.match(
                reset -> {
                    Set<String> there = new HashSet<>();
                    reset.all().forEach(object -> there.add(object.getMetadata().getName()));
                    users.keySet().retainAll(there);
                    reset.all().forEach(this::put);
                    settle();
                },
                upserted -> put(upserted.object()),
                deleted -> {
                    users.remove(deleted.object().getMetadata().getName());
                    settle();
                });
    }

    private static long generation(WorkloadAdapter object) {
        return Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
    }

    private void put(WorkloadAdapter object) {
        String name = object.getMetadata().getName();
        Shelved known = users.get(name);
        boolean sameObject = known != null
                && Objects.equals(
                        known.object.getMetadata().getUid(),
                        object.getMetadata().getUid());
        if (known != null && sameObject && known.generation == generation(object)) {
            users.put(name, new Shelved(object, known.generation, known.lastGood));
            return;
        }
        if (known == null && users.size() >= MAX_ADAPTERS) {
            LOG.warn("cluster={} adapter {} is one too many and is not used", cluster.name(), name);
            return;
        }
        Optional<Adapter> lastGood = known != null && sameObject ? known.lastGood : Optional.empty();
        users.put(name, new Shelved(object, generation(object), lastGood));
        working = working.eventually(() -> vertx.executeBlocking(() -> check.check(object.getSpec()))
                .onSuccess(verdict -> checked(object, verdict)));
    }

    private void checked(WorkloadAdapter object, AdapterCheck.Verdict verdict) {
        String name = object.getMetadata().getName();
        Shelved known = users.get(name);
        if (known == null || known.generation != generation(object)) {
            return;
        }
        users.put(
                name,
                new Shelved(known.object, known.generation, verdict.adapter().or(() -> known.lastGood)));
        settle();
        say(known.object, accepted(known.object, verdict));
    }

    private StatusCondition accepted(WorkloadAdapter object, AdapterCheck.Verdict verdict) {
        if (!verdict.problems().isEmpty()) {
            return StatusCondition.of(ACCEPTED, false, "Invalid", String.join(" ", verdict.problems()));
        }
        Optional<WorkloadAdapter> first = oldestFirst().stream()
                .filter(one -> target(one.object.getSpec().target).equals(target(object.getSpec().target)))
                .map(Shelved::object)
                .findFirst();
        if (first.isPresent()
                && !first.get()
                        .getMetadata()
                        .getName()
                        .equals(object.getMetadata().getName())) {
            return StatusCondition.of(
                    ACCEPTED,
                    false,
                    "Duplicate",
                    "Adapter " + first.get().getMetadata().getName() + " is older.");
        }
        return object.getSpec().tests.isEmpty()
                ? StatusCondition.of(ACCEPTED, true, "Untested", "It has no tests of its own.")
                : StatusCondition.of(ACCEPTED, true, "Tested", "");
    }

    private List<Shelved> oldestFirst() {
        List<Shelved> all = new ArrayList<>(users.values());
        all.sort(Comparator.comparing((Shelved one) ->
                        Objects.requireNonNullElse(one.object.getMetadata().getCreationTimestamp(), ""))
                .thenComparing(one -> one.object.getMetadata().getName()));
        return all;
    }

    private void settle() {
        Map<Target, Adapter> now = new HashMap<>(builtIn);
        Set<Target> taken = new HashSet<>();
        for (Shelved one : oldestFirst()) {
            one.lastGood.ifPresent(adapter -> {
                if (taken.add(target(adapter.target()))) {
                    now.put(target(adapter.target()), adapter);
                }
            });
        }
        if (!now.equals(inUse)) {
            inUse.clear();
            inUse.putAll(now);
            changed.run();
        }
    }

    private void say(WorkloadAdapter object, StatusCondition accepted) {
        AdapterStatus before = Objects.requireNonNullElseGet(object.getStatus(), AdapterStatus::new);
        AdapterStatus status = new AdapterStatus();
        status.observedGeneration = generation(object);
        status.conditions = StatusCondition.since(before.conditions, List.of(accepted), clock.millis());
        if (status.equals(before)) {
            return;
        }
        WorkloadAdapter changed = object.copy();
        changed.setMetadata(new ObjectMetaBuilder(object.getMetadata())
                .withResourceVersion(null)
                .build());
        changed.setStatus(status);
        cluster.replaceStatus(changed)
                .onFailure(failure -> LOG.debug(
                        "cluster={} the status of an adapter was not written: {}",
                        cluster.name(),
                        failure.getMessage()));
    }

    private static Target target(WorkloadAdapter.Target target) {
        return new Target(target.group, target.kind);
    }
}
