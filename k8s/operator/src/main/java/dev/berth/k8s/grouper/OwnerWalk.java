package dev.berth.k8s.grouper;

import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.client.Change;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ForeignKind;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.grouper.rule.Chain;
import dev.berth.k8s.grouper.rule.Link;
import dev.berth.k8s.grouper.rule.Warning;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From a pod up to its highest readable owner. Each owner is asked for once, by its uid, so that a thousand pods of one
 * job cost one question; kinds that are shown are followed, so that what is known of them stays true. An owner that is
 * gone, another of the same name, or one that we may not read ends the walk below it.
 */
final class OwnerWalk {
    private static final int MAX_KNOWN = 20_000;
    private static final int MAX_FOLLOWED = 128;

    private final Cluster cluster;
    private final BiConsumer<Link, Link> changed;
    private final Map<String, Link> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Link> eldest) {
            return size() > MAX_KNOWN;
        }
    };
    private final Map<String, Future<Optional<Link>>> asking = new HashMap<>();
    private final Map<ForeignKind, Cluster.Watching> followed = new HashMap<>();
    private final Set<ForeignKind> forbidden = new HashSet<>();

    /** @param changed told an owner that is known, as it was and as it is */
    OwnerWalk(Cluster cluster, BiConsumer<Link, Link> changed) {
        this.cluster = cluster;
        this.changed = changed;
    }

    Future<Chain> climb(Link pod) {
        return climb(new ArrayList<>(List.of(pod)), new ArrayList<>());
    }

    private Future<Chain> climb(List<Link> links, List<Warning> warnings) {
        Link last = links.get(links.size() - 1);
        if (last.ambiguous()) {
            warnings.add(new Warning(
                    "AmbiguousOwner",
                    "Several things own " + last.kind().kind() + " "
                            + last.key().name() + " and none of them controls it; it is taken for itself."));
        }
        Optional<Link.OwnerReference> owner = last.owner();
        if (owner.isEmpty() || links.size() > Chain.MAX_LEVELS) {
            return Future.succeededFuture(new Chain(links, warnings));
        }
        return find(owner.get(), last.key().namespace()).compose(found -> {
            if (found.isEmpty()) {
                if (forbidden.contains(owner.get().kind())) {
                    warnings.add(new Warning(
                            "OwnerUnreadable",
                            "Berth may not read " + owner.get().kind() + "; pods are grouped by what is below it."));
                }
                return Future.succeededFuture(new Chain(links, warnings));
            }
            links.add(found.get());
            return climb(links, warnings);
        });
    }

    /** The owner that the reference means; nothing where it is gone, or may not be read. */
    Future<Optional<Link>> find(Link.OwnerReference owner, String namespace) {
        Link link = known.get(owner.uid());
        if (link != null) {
            return Future.succeededFuture(Optional.of(link));
        }
        Future<Optional<Link>> running = asking.get(owner.uid());
        if (running != null) {
            return running;
        }
        Future<Optional<Link>> asked = cluster.foreign()
                .get(owner.kind(), new ObjectKey(namespace, owner.name()))
                .recover(failure -> unreadable(owner.kind(), failure))
                .map(found -> found.flatMap(object -> accept(owner, object)));
        asking.put(owner.uid(), asked);
        asked.onComplete(done -> asking.remove(owner.uid()));
        return asked;
    }

    private Future<Optional<GenericKubernetesResource>> unreadable(ForeignKind kind, Throwable failure) {
        if (failure instanceof Refused refused && refused.refusal() instanceof Refusal.Forbidden) {
            forbidden.add(kind);
            return Future.succeededFuture(Optional.empty());
        }
        return Future.failedFuture(failure);
    }

    private Optional<Link> accept(Link.OwnerReference owner, GenericKubernetesResource object) {
        Link link = Link.of(owner.kind(), Trees.of(object));
        if (!link.uid().equals(owner.uid())) {
            return Optional.empty();
        }
        known.put(link.uid(), link);
        return Optional.of(link);
    }

    /** What is known of the owner now; null where it is not known any more. */
    @Nullable
    Link known(String uid) {
        return known.get(uid);
    }

    /** Keeps what is known of this kind true from now on. */
    void follow(ForeignKind kind) {
        if (!followed.containsKey(kind) && followed.size() < MAX_FOLLOWED && !forbidden.contains(kind)) {
            followed.put(kind, cluster.foreign().watch(kind, change -> tell(kind, change)));
        }
    }

    private void tell(ForeignKind kind, Change<GenericKubernetesResource> change) {
        change.match(
                reset -> {
                    Set<String> there = new HashSet<>();
                    reset.all().forEach(object -> {
                        there.add(object.getMetadata().getUid());
                        put(kind, object);
                    });
                    known.values().removeIf(link -> link.kind().equals(kind) && !there.contains(link.uid()));
                },
                upserted -> put(kind, upserted.object()),
                deleted -> known.remove(deleted.object().getMetadata().getUid()));
    }

    private void put(ForeignKind kind, GenericKubernetesResource object) {
        Link before = known.get(object.getMetadata().getUid());
        if (before != null
                && newer(
                        object.getMetadata().getResourceVersion(),
                        Trees.text(before.tree(), "metadata", "resourceVersion"))) {
            Link link = Link.of(kind, Trees.of(object));
            known.put(link.uid(), link);
            changed.accept(before, link);
        }
    }

    private static boolean newer(String version, String known) {
        try {
            return Long.parseLong(version) > Long.parseLong(known);
        } catch (NumberFormatException opaque) {
            return !version.equals(known);
        }
    }

    void close() {
        followed.values().forEach(Cluster.Watching::close);
        followed.clear();
    }
}
