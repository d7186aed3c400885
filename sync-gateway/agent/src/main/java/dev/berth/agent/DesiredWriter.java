package dev.berth.agent;

import dev.berth.agent.AppliedObjects.Applied;
import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.tunnel.ObjectRef;
import dev.berth.tunnel.v1.Item;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one object. An API server that does not answer, or is busy, is asked again until it does: nothing is acknowledged
 * meanwhile. What it refuses is reported as {@code ApplyFailed}, and the log goes on behind it.
 */
final class DesiredWriter {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredWriter.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LAST_WAIT_MILLIS = 10_000;
    private static final int CONFLICTS = 5;

    private final Vertx vertx;
    private final Cluster cluster;
    private final AppliedObjects applied;
    private final ApplyFailures failures;
    private final DesiredKinds kinds = new DesiredKinds();

    DesiredWriter(Vertx vertx, Cluster cluster, AppliedObjects applied, ApplyFailures failures) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.applied = applied;
        this.failures = failures;
    }

    /** Done when the object is as the item says, or its refusal is reported. */
    Future<Void> write(Item item, String storeId) {
        ObjectRef ref = DesiredApplier.ref(item);
        return insist(() -> item.getDeleted() ? removeNamed(item) : apply(item, storeId), 0)
                .onSuccess(done -> failures.passed(item))
                .recover(failure -> {
                    if (failure instanceof Refused refused) {
                        LOG.warn(
                                "cluster={} kind={} uid={} refused: {}",
                                cluster.name(),
                                ref.kind(),
                                ref.uid(),
                                refused.getMessage());
                        failures.failed(item, refused.refusal(), applied.of(ref) != null);
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private Future<Void> apply(Item item, String storeId) {
        HasMetadata object = kinds.read(item, storeId);
        Future<Void> before = object instanceof Project project ? namespace(project) : Future.succeededFuture();
        return before.compose(done -> cluster.apply(object))
                .onSuccess(done -> applied.wrote(
                        DesiredApplier.ref(item), new Applied(ObjectKey.of(object), storeId, item.getSeq())))
                .mapEmpty();
    }

    /** Workloads of a project live in its namespace, which is there before the first of them. What it holds is the operator's. */
    private Future<Void> namespace(Project project) {
        String name = project.getSpec().namespace;
        if (name == null || name.isEmpty()) {
            name = Labels.NAMESPACE_PREFIX + project.getMetadata().getName();
        }
        return cluster.create(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of(
                                Labels.PROJECT, project.getMetadata().getName(), Labels.MANAGED_BY, Labels.MANAGER))
                        .endMetadata()
                        .build())
                .<Void>mapEmpty()
                .recover(failure -> isThere(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isThere(Throwable failure) {
        return failure instanceof Refused refused && refused.refusal() instanceof Refusal.Conflict;
    }

    private Future<Void> removeNamed(Item item) {
        ObjectRef ref = DesiredApplier.ref(item);
        Applied known = applied.of(ref);
        return removeIfOurs(ref, known != null ? known.key() : ObjectKey.of(kinds.parse(item)));
    }

    /** Done when the object is gone. */
    Future<Void> remove(ObjectRef ref, ObjectKey key) {
        return insist(() -> removeIfOurs(ref, key), 0);
    }

    /** The name may belong to a younger object by now. */
    private Future<Void> removeIfOurs(ObjectRef ref, ObjectKey key) {
        Class<? extends HasMetadata> type = DesiredKinds.type(ref.kind());
        return cluster.get(type, key).compose(found -> {
            applied.removed(ref);
            boolean ours = found.isPresent() && ref.uid().equals(DesiredKinds.annotation(found.get(), AgentNames.UID));
            return ours ? cluster.delete(type, key) : Future.succeededFuture();
        });
    }

    private Future<Void> insist(Supplier<Future<Void>> write, int failed) {
        Future<Void> tried;
        try {
            tried = write.get();
        } catch (Refused refused) {
            tried = Future.failedFuture(refused);
        }
        return tried.recover(failure -> {
            if (!passes(failure, failed)) {
                return Future.failedFuture(failure);
            }
            Promise<Void> later = Promise.promise();
            long wait = Math.min(LAST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failed, 10));
            vertx.setTimer(wait, timer -> insist(write, failed + 1).onComplete(later));
            return later.future();
        });
    }

    /** Whether asking again may help: always where the API server is away, a few times where somebody else writes too. */
    private static boolean passes(Throwable failure, int failed) {
        if (!(failure instanceof Refused refused)) {
            return true;
        }
        Refusal refusal = refused.refusal();
        return refusal instanceof Refusal.Busy
                || refusal instanceof Refusal.TooManyRequests
                || (refusal instanceof Refusal.Conflict && failed < CONFLICTS);
    }
}
