package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.k8s.adapter.PhaseSaid;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.adapter.Write;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.WorkloadStatus;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.k8s.grouper.rule.ExternalStatus;
import dev.berth.k8s.grouper.rule.Link;
import dev.berth.k8s.grouper.rule.Warning;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps the Workload of a foreign owner true, and stops and resumes the owner as the Workload says. */
final class ExternalWriter {
    private static final ForeignKind WORKLOAD = new ForeignKind(Labels.GROUP + "/" + Labels.VERSION, "Workload");
    private static final int EVICTION_GRACE_SECONDS = 30;

    private final Cluster cluster;
    private final GroupBook book;
    private final OwnerWalk owners;
    private final AdapterShelf shelf;
    private final Notices notices;
    private final InstantSource clock;

    ExternalWriter(Cluster cluster, GroupBook book, OwnerWalk owners, AdapterShelf shelf, InstantSource clock) {
        this.cluster = cluster;
        this.book = book;
        this.owners = owners;
        this.shelf = shelf;
        this.notices = new Notices(cluster, clock);
        this.clock = clock;
    }

    Notices notices() {
        return notices;
    }

    /** One look at one workload. */
    Future<Void> work(ObjectKey key) {
        Shown shown = book.shown(key);
        Workload workload = book.externals.get(key);
        if (shown == null || (workload == null && shown.pods.isEmpty())) {
            book.forget(key);
            return Future.succeededFuture();
        }
        if (workload == null) {
            return cluster.create(external(shown))
                    .onSuccess(created -> book.externals.putIfAbsent(key, created))
                    .<Void>mapEmpty()
                    .recover(ExternalWriter::unlessThere)
                    .compose(done -> status(shown));
        }
        return control(shown, workload).compose(done -> status(shown)).compose(done -> size(shown, workload));
    }

    private static Future<Void> unlessThere(Throwable failure) {
        return failure instanceof Refused refused && refused.refusal() instanceof Refusal.Conflict
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    private Link link(Shown shown) {
        Link known = owners.known(shown.link.uid());
        if (known != null) {
            return known;
        }
        Pod pod = shown.link.kind().equals(GroupBook.POD) ? book.pods.get(shown.link.key()) : null;
        return pod == null ? shown.link : GroupBook.link(pod);
    }

    private Workload external(Shown shown) {
        Decision.Grouped first = shown.pods.values().iterator().next();
        Workload workload = new Workload();
        workload.setMetadata(new ObjectMetaBuilder()
                .withName(shown.workload.name())
                .withNamespace(shown.workload.namespace())
                .withOwnerReferences(Ownership.reference(shown.link))
                .addToLabels(Labels.PROJECT, first.group().queue)
                .build());
        workload.setSpec(ExternalSpec.of(first, needed(shown), wanted(shown), book.podsOf(shown)));
        return workload;
    }

    private int wanted(Shown shown) {
        int all = shown.pods.values().stream()
                .mapToInt(Decision.Grouped::wanted)
                .max()
                .orElse(0);
        return Math.max(1, Math.min(ExternalSpec.MAX_WORKERS, Math.max(all, shown.pods.size())));
    }

    private int needed(Shown shown) {
        int min = shown.pods.values().stream()
                .mapToInt(decision -> decision.group().minMember)
                .min()
                .orElse(1);
        return Math.max(1, Math.min(min, wanted(shown)));
    }

    /** Writes into the owner what suspends or resumes it; where its kind knows no such thing its pods are evicted. */
    private Future<Void> control(Shown shown, Workload workload) {
        Link link = link(shown);
        Optional<Adapter> adapter = shelf.find(link.kind());
        boolean stopped = workload.getSpec().stopped;
        try {
            if (adapter.isPresent() && adapter.get().canSuspend()) {
                boolean ours = adapter.get().suspendedByUs(link.tree());
                List<Write> writes = stopped
                        ? adapter.get().suspend(link.tree())
                        : ours ? adapter.get().resume(link.tree()) : List.of();
                return writes.isEmpty() ? Future.succeededFuture() : write(link, writes);
            }
        } catch (AdapterFailure noAnswer) {
            return Future.failedFuture(noAnswer);
        }
        return stopped ? evict(shown) : Future.succeededFuture();
    }

    private Future<Void> write(Link link, List<Write> writes) {
        String version = Trees.text(link.tree(), "metadata", "resourceVersion");
        return cluster.foreign().patch(link.kind(), link.key(), Write.patch(writes, version));
    }

    private Future<Void> evict(Shown shown) {
        List<Future<Void>> evictions = new ArrayList<>();
        for (Pod pod : book.podsOf(shown)) {
            if (!GroupBook.settled(pod)) {
                evictions.add(cluster.evict(ObjectKey.of(pod), EVICTION_GRACE_SECONDS));
            }
        }
        return Future.join(evictions).mapEmpty();
    }

    private Future<Void> status(Shown shown) {
        Workload workload = book.externals.get(shown.workload);
        if (workload == null) {
            return Future.succeededFuture();
        }
        WorkloadStatus before = Objects.requireNonNullElseGet(workload.getStatus(), WorkloadStatus::new);
        WorkloadStatus status = compute(shown, workload, before);
        status.observedGeneration =
                Objects.requireNonNullElse(workload.getMetadata().getGeneration(), 0L);
        if (status.equals(before)) {
            return Future.succeededFuture();
        }
        Workload changed = workload.copy();
        changed.setStatus(status);
        return cluster.replaceStatus(changed)
                .onSuccess(written -> {
                    book.externals.computeIfPresent(
                            shown.workload, (key, known) -> newer(written, known) ? written : known);
                    if (!status.reason.isEmpty() && !status.reason.equals(before.reason)) {
                        notices.tell(
                                Notices.reference(
                                        WORKLOAD.apiVersion(),
                                        WORKLOAD.kind(),
                                        shown.workload,
                                        workload.getMetadata().getUid()),
                                "Normal",
                                status.reason,
                                status.message.isEmpty() ? status.phase : status.message);
                    }
                })
                .mapEmpty();
    }

    /** The watch may have told of a later change, such as a resume, before the answer to our own write came. */
    private static boolean newer(Workload one, Workload known) {
        String version = one.getMetadata().getResourceVersion();
        String knownVersion = known.getMetadata().getResourceVersion();
        try {
            return Long.parseLong(version) > Long.parseLong(knownVersion);
        } catch (NumberFormatException opaque) {
            return false;
        }
    }

    private WorkloadStatus compute(Shown shown, Workload workload, WorkloadStatus before) {
        Link link = link(shown);
        Optional<Adapter> adapter = shelf.find(link.kind());
        Map<PodPlace, RoleCount> counts = book.countsOf(shown);
        boolean resting = counts.values().stream().mapToInt(RoleCount::active).sum() == 0;
        Optional<PhaseSaid> said = Optional.empty();
        boolean atRest = resting;
        try {
            said = adapter.flatMap(one -> one.phase(link.tree(), counts));
            atRest = adapter.filter(Adapter::canSuspend)
                    .map(one -> one.atRest(link.tree(), counts))
                    .orElse(resting);
        } catch (AdapterFailure noAnswer) {
            notices.warn(
                    Notices.reference(link.kind().apiVersion(), link.kind().kind(), link.key(), link.uid()),
                    new Warning("AdapterFailed", noAnswer.getMessage()));
        }
        return ExternalStatus.of(
                new ExternalStatus.Seen(
                        said,
                        book.podsOf(shown),
                        book.groupsOf(shown),
                        needed(shown),
                        workload.getSpec().stopped,
                        atRest),
                before,
                clock.millis());
    }

    /** The owner may have grown or shrunk since. What a user may write, such as {@code stopped}, is left alone. */
    private Future<Void> size(Shown shown, Workload workload) {
        Workload.Spec spec = workload.getSpec();
        int workers = wanted(shown);
        int min = needed(shown);
        if (shown.pods.isEmpty() || (spec.workers == workers && spec.minWorkers == min)) {
            return Future.succeededFuture();
        }
        List<Write> writes = List.of(
                new Write(List.of("spec", "workers"), (long) workers),
                new Write(List.of("spec", "minWorkers"), (long) min));
        return cluster.foreign().patch(WORKLOAD, shown.workload, Write.patch(writes, ""));
    }
}
