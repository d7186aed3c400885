package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.crd.adapter.WorkloadAdapter;
import dev.berth.k8s.grouper.rule.Chain;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.k8s.grouper.rule.Grouping;
import dev.berth.k8s.grouper.rule.Link;
import dev.berth.k8s.grouper.rule.Surroundings;
import dev.berth.k8s.grouper.rule.Warning;
import dev.berth.k8s.work.Backoff;
import dev.berth.k8s.work.KeyQueue;
import dev.berth.runtime.RoleContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives each foreign pod its group, and keeps what shows its owner in step. Everything happens on one event loop. */
final class PodGrouper implements Surroundings {
    private final GrouperConfig config;
    private final RoleContext role;
    private final Cluster cluster;
    private final AdapterShelf shelf;
    private final GrouperMeters meters;
    private final GroupBook book = new GroupBook();
    private final Places places = new Places(this::everyPod);
    private final OwnerWalk owners;
    private final ExternalWriter writer;
    private final GroupWriter groups;
    private final KeyQueue pods;
    private final KeyQueue workloads;
    private final List<Cluster.Watching> watches = new ArrayList<>();
    private final Set<Class<?>> untold = new HashSet<>(Set.of(
            Pod.class,
            PodGroup.class,
            Workload.class,
            Namespace.class,
            Project.class,
            NodePool.class,
            WorkloadAdapter.class));
    private long resync = -1;

    PodGrouper(GrouperConfig config, RoleContext role, Cluster cluster, AdapterShelf shelf) {
        this.config = config;
        this.role = role;
        this.cluster = cluster;
        this.shelf = shelf;
        this.meters = new GrouperMeters(cluster.name(), role.meters().registry());
        Backoff backoff = new Backoff(config.retryMillis(), config.maxRetryMillis());
        this.owners = new OwnerWalk(cluster, this::ownerChanged);
        this.writer = new ExternalWriter(cluster, book, owners, shelf, role.clock());
        this.groups = new GroupWriter(cluster, book);
        this.pods = new KeyQueue(role.vertx(), config.concurrency(), backoff, this::step, meters::failed);
        this.workloads = new KeyQueue(role.vertx(), config.concurrency(), backoff, writer::work, meters::failed);
    }

    /** Opens the watches; work begins when each of them told all there is. */
    void start() {
        role.health().notReady(part(), "the cluster has not told yet what there is");
        shelf.onChange(this::everyPod);
        watches.add(watch(WorkloadAdapter.class, shelf::tell));
        watches.addAll(places.open(this::watch));
        watches.add(watch(PodGroup.class, this::groupsTold));
        watches.add(watch(Workload.class, this::workloadsTold));
        watches.add(watch(Pod.class, this::podsTold));
        resync = role.vertx().setPeriodic(config.resyncMillis(), ignored -> everyPod());
    }

    void stop() {
        role.vertx().cancelTimer(resync);
        watches.forEach(Cluster.Watching::close);
        owners.close();
        pods.close();
        workloads.close();
        role.health().forget(part());
    }

    private String part() {
        return role.instance() + ".watches";
    }

    private <T extends HasMetadata> Cluster.Watching watch(Class<T> type, Consumer<Change<T>> listener) {
        return cluster.watch(type, change -> {
            listener.accept(change);
            if (untold.remove(type) && untold.isEmpty()) {
                role.health().ready(part());
                everyPod();
            }
        });
    }

    /** Looks at everything again: adapters, projects or namespaces are not as they were, or a change was lost. */
    private void everyPod() {
        if (untold.isEmpty()) {
            book.pods.keySet().forEach(pods::add);
            book.externals.keySet().forEach(this::touchWorkload);
        }
    }

    private void podsTold(Change<Pod> change) {
        change.match(
                reset -> {
                    Set<ObjectKey> gone = new HashSet<>(book.pods.keySet());
                    reset.all().forEach(pod -> gone.remove(ObjectKey.of(pod)));
                    gone.forEach(this::podGone);
                    reset.all().forEach(this::podTold);
                },
                upserted -> podTold(upserted.object()),
                deleted -> podGone(ObjectKey.of(deleted.object())));
    }

    private void podTold(Pod pod) {
        if (!GroupBook.isForeign(pod)) {
            return;
        }
        ObjectKey key = ObjectKey.of(pod);
        Pod before = book.pods.put(key, pod);
        if (before != null
                && !before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
            touchWorkload(book.leave(key));
        }
        touchWorkload(book.workloadOf(key));
        boolean moved = before != null && !GroupBook.count(before).equals(GroupBook.count(pod));
        if (untold.isEmpty() && (!book.isMember(key) || groups.unlabelled(pod) || (moved && decides(key)))) {
            pods.add(key);
        }
    }

    /** Whether how far the pod is may change its group. */
    private boolean decides(ObjectKey key) {
        Link former = book.formerOf(key);
        return former != null
                && shelf.find(former.kind()).map(Adapter::countsPods).orElse(false);
    }

    private void podGone(ObjectKey key) {
        if (book.pods.remove(key) != null) {
            touchWorkload(book.leave(key));
        }
    }

    private void groupsTold(Change<PodGroup> change) {
        change.match(
                reset -> {
                    book.groups.clear();
                    reset.all().forEach(group -> book.groups.put(ObjectKey.of(group), group));
                    everyPod();
                },
                upserted -> groupTold(upserted.object()),
                deleted -> {
                    book.groups.remove(ObjectKey.of(deleted.object()));
                    groups.forget(ObjectKey.of(deleted.object()));
                    ObjectKey workload = workload(deleted.object());
                    Shown shown = book.shown(workload);
                    if (shown != null) {
                        shown.pods.keySet().forEach(pods::add);
                    }
                });
    }

    private void groupTold(PodGroup group) {
        book.groups.put(ObjectKey.of(group), group);
        if (book.shown(workload(group)) != null) {
            touchWorkload(workload(group));
        }
    }

    private static ObjectKey workload(PodGroup group) {
        return new ObjectKey(group.getMetadata().getNamespace(), group.getSpec().workload);
    }

    private void workloadsTold(Change<Workload> change) {
        change.match(
                reset -> {
                    book.externals.clear();
                    reset.all().forEach(this::workloadTold);
                },
                upserted -> workloadTold(upserted.object()),
                deleted -> {
                    ObjectKey key = ObjectKey.of(deleted.object());
                    if (book.externals.remove(key) != null) {
                        touchWorkload(key);
                    }
                });
    }

    private void workloadTold(Workload workload) {
        if (!workload.getSpec().kind.equals(Workload.EXTERNAL)) {
            return;
        }
        ObjectKey key = ObjectKey.of(workload);
        Workload before = book.externals.put(key, workload);
        if (before != null && before.getSpec().stopped && !workload.getSpec().stopped) {
            book.pods.keySet().forEach(pods::add);
        }
        touchWorkload(key);
    }

    /** Shows again what was shown before a restart, though it has no pods now. */
    private void touchWorkload(@Nullable ObjectKey key) {
        if (key == null || !untold.isEmpty()) {
            return;
        }
        Workload workload = book.externals.get(key);
        if (book.shown(key) != null || workload == null) {
            workloads.add(key);
            return;
        }
        workload.getMetadata().getOwnerReferences().stream().findFirst().ifPresent(owner -> {
            Link.OwnerReference reference = new Link.OwnerReference(
                    new ForeignKind(owner.getApiVersion(), owner.getKind()), owner.getName(), owner.getUid());
            owners.find(reference, key.namespace())
                    .onSuccess(found -> found.ifPresent(link -> {
                        book.show(key, link);
                        follow(link);
                        workloads.add(key);
                    }));
        });
    }

    private void follow(Link link) {
        if (!link.kind().equals(GroupBook.POD)) {
            owners.follow(link.kind());
        }
    }

    /** Another generation may want other groups; another status alone only says how the work is. */
    private void ownerChanged(Link before, Link link) {
        touchWorkload(book.workloadOf(link.uid()));
        if (!generation(before).equals(generation(link))) {
            book.podsOf(link.uid()).forEach(pods::add);
        }
    }

    private static String generation(Link link) {
        return String.valueOf(Trees.map(link.tree().get("metadata")).get("generation"));
    }

    private Future<Void> step(ObjectKey key) {
        Pod pod = book.pods.get(key);
        if (pod == null || (GroupBook.settled(pod) && book.isMember(key))) {
            return Future.succeededFuture();
        }
        return owners.climb(GroupBook.link(pod)).compose(chain -> decide(key, chain));
    }

    private Future<Void> decide(ObjectKey key, Chain chain) {
        Pod pod = book.pods.get(key);
        if (pod == null || !pod.getMetadata().getUid().equals(chain.pod().uid())) {
            return Future.succeededFuture();
        }
        try {
            return Grouping.decide(chain, this)
                    .match(grouped -> group(key, pod, chain, grouped), leftAlone -> warn(chain, leftAlone.why()));
        } catch (AdapterFailure noAnswer) {
            warn(chain, new Warning("NotGrouped", noAnswer.getMessage()));
            return Future.failedFuture(noAnswer);
        }
    }

    private Future<Void> warn(Chain chain, Warning warning) {
        Link about = chain.top();
        writer.notices()
                .warn(
                        Notices.reference(
                                about.kind().apiVersion(),
                                about.kind().kind(),
                                about.key().namespace().isEmpty() ? chain.pod().key() : about.key(),
                                about.uid()),
                        warning);
        return Future.succeededFuture();
    }

    private Future<Void> group(ObjectKey key, Pod pod, Chain chain, Decision.Grouped grouped) {
        Link former = former(chain, grouped);
        boolean joins = !book.isMember(key);
        book.join(key, chain.pod(), former, grouped, adapter(former.kind()).orElse(null));
        if (joins && decides(key)) {
            // It was not counted when this was decided; now it is.
            pods.add(key);
        }
        follow(former);
        follow(grouped.shown());
        touchWorkload(new ObjectKey(key.namespace(), grouped.workload()));
        grouped.warnings().forEach(warning -> warn(chain, warning));
        if (GroupBook.settled(pod) || held(key, grouped)) {
            return Future.succeededFuture();
        }
        return groups.write(key, pod, grouped)
                .onSuccess(labelled -> {
                    if (labelled) {
                        meters.grouped();
                    }
                })
                .mapEmpty();
    }

    /** What forms the group: the owner of the group, or, where each pod is one, what the pods are counted by. */
    private static Link former(Chain chain, Decision.Grouped grouped) {
        return grouped.owner().uid().equals(chain.pod().uid()) ? grouped.shown() : grouped.owner();
    }

    /** New pods of a stopped owner that cannot be suspended are not placed: they get no group. */
    private boolean held(ObjectKey key, Decision.Grouped grouped) {
        Workload workload = book.externals.get(new ObjectKey(key.namespace(), grouped.workload()));
        return workload != null && workload.getSpec().stopped;
    }

    @Override
    public Optional<Adapter> adapter(ForeignKind kind) {
        return shelf.find(kind);
    }

    @Override
    public boolean projectExists(String name) {
        return places.projectExists(name);
    }

    @Override
    public boolean poolExists(String name) {
        return places.poolExists(name);
    }

    @Override
    public String projectOf(String namespace) {
        return places.projectOf(namespace);
    }

    @Override
    public Map<PodPlace, RoleCount> counts(String ownerUid) {
        return book.counts(ownerUid);
    }
}
