package dev.berth.k8s.simulated;

import static dev.berth.k8s.simulated.Things.named;
import static dev.berth.k8s.simulated.Things.pod;
import static dev.berth.k8s.simulated.Things.workload;
import static dev.berth.k8s.simulated.Waiting.await;
import static dev.berth.k8s.simulated.Waiting.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.Workload;
import dev.berth.k8s.simulated.Waiting.Told;
import dev.berth.model.Explanation;
import dev.berth.model.Reason;
import dev.berth.model.Refusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a cluster behind the port does, whichever adapter answers. */
interface ClusterContract {
    Vertx vertx();

    Cluster cluster();

    /** A namespace that is there and in which no other test works. */
    String namespace();

    @Test
    default void whatIsCreatedCanBeRead() {
        Workload created = await(cluster().create(workload(namespace(), "a", 2)));
        Workload read = await(cluster().get(Workload.class, key("a"))).orElseThrow();
        assertThat(read.getMetadata().getUid())
                .isNotEmpty()
                .isEqualTo(created.getMetadata().getUid());
        assertThat(read.getMetadata().getResourceVersion())
                .isEqualTo(created.getMetadata().getResourceVersion());
        assertThat(read.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(read.getMetadata().getCreationTimestamp()).isNotEmpty();
        assertThat(read.getSpec().workers).isEqualTo(2);
        assertThat(read.getSpec().pod.command).containsExactly("train", "--fast");
    }

    @Test
    default void aTakenNameIsAConflict() {
        await(cluster().create(workload(namespace(), "a", 1)));
        assertThat(refusal(cluster().create(workload(namespace(), "a", 1)))).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    default void whatIsNotThereReadsAsEmptyAndIsDeletedQuietly() {
        assertThat(await(cluster().get(Workload.class, key("none")))).isEmpty();
        assertThat(cluster().delete(Workload.class, key("none")).toCompletionStage())
                .succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    default void applyCreatesAndThenChanges() {
        Workload first = await(cluster().apply(workload(namespace(), "a", 1)));
        Workload same = await(cluster().apply(workload(namespace(), "a", 1)));
        assertThat(same.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        Workload more = await(cluster().apply(workload(namespace(), "a", 3)));
        assertThat(more.getSpec().workers).isEqualTo(3);
        assertThat(more.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(more.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(more.getMetadata().getResourceVersion())
                .isNotEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    default void applyTakesAwayWhatItGaveBefore() {
        Workload labelled = workload(namespace(), "a", 1);
        labelled.getMetadata().setLabels(Map.of("kept", "1", "dropped", "1"));
        await(cluster().apply(labelled));
        Workload fewer = workload(namespace(), "a", 1);
        fewer.getMetadata().setLabels(Map.of("kept", "2"));
        assertThat(await(cluster().apply(fewer)).getMetadata().getLabels()).isEqualTo(Map.of("kept", "2"));
    }

    @Test
    default void applyLeavesStatusAloneAndStatusLeavesSpecAlone() {
        await(cluster().apply(workload(namespace(), "a", 1)));
        Workload status = workload(namespace(), "a", 9);
        status.getStatus().phase = "Running";
        Workload after = await(cluster().replaceStatus(status));
        assertThat(after.getStatus().phase).isEqualTo("Running");
        assertThat(after.getSpec().workers).isEqualTo(1);
        Workload applied = await(cluster().apply(workload(namespace(), "a", 2)));
        assertThat(applied.getStatus().phase).isEqualTo("Running");
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    default void anExplanationComesBackAsItWasWritten() {
        PodGroup group = new PodGroup();
        group.setMetadata(named(namespace(), "a"));
        group.getSpec().queue = "vision";
        await(cluster().create(group));
        group.getStatus().reason = Reason.NO_FIT.word();
        group.getStatus().explanation = new Explanation(
                Reason.NO_FIT,
                "Needs 8 GPUs on one node; the largest has 4 free.",
                List.of(new Explanation.Check("placement", false, "8 of 4")),
                1,
                2,
                List.of(new Explanation.Change("gpu.devices", "8", "4", "Ask for 4 GPUs.")));
        await(cluster().replaceStatus(group));
        PodGroup read = await(cluster().get(PodGroup.class, key("a"))).orElseThrow();
        assertThat(read.getStatus()).isEqualTo(group.getStatus());
    }

    @Test
    default void aStatusForAnOlderVersionIsAConflict() {
        Workload first = await(cluster().create(workload(namespace(), "a", 1)));
        first.getStatus().phase = "Queued";
        Workload status = workload(namespace(), "a", 1);
        status.getStatus().phase = "Running";
        await(cluster().replaceStatus(status));
        Workload old = workload(namespace(), "a", 1);
        old.getMetadata().setResourceVersion(first.getMetadata().getResourceVersion());
        old.getStatus().phase = "Queued";
        assertThat(refusal(cluster().replaceStatus(old))).isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(cluster().replaceStatus(workload(namespace(), "none", 1))))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    default void aPodIsBoundOnceWithItsAnnotations() {
        Pod created = await(cluster().create(pod(namespace(), "p")));
        assertThat(created.getStatus().getPhase()).isEqualTo("Pending");
        await(cluster()
                .bind(key("p"), "node-1", Map.of("berth.dev/assigned-gpus", "0,3"))
                .map(true));
        Pod bound = await(cluster().get(Pod.class, key("p"))).orElseThrow();
        assertThat(bound.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(bound.getMetadata().getAnnotations()).containsEntry("berth.dev/assigned-gpus", "0,3");
        assertThat(refusal(cluster().bind(key("p"), "node-2", Map.of()))).isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(cluster().bind(key("none"), "node-1", Map.of()))).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    default void applyToABoundPodKeepsTheBinding() {
        await(cluster().apply(pod(namespace(), "p")));
        await(cluster()
                .bind(key("p"), "node-1", Map.of("berth.dev/assigned-gpus", "1"))
                .map(true));
        Pod again = await(cluster().apply(pod(namespace(), "p")));
        assertThat(again.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(again.getMetadata().getAnnotations()).containsEntry("berth.dev/assigned-gpus", "1");
    }

    @Test
    default void aPodOnNoNodeGoesAtOnceAndOneOnANodeIsGivenGrace() {
        await(cluster().create(pod(namespace(), "pending")));
        await(cluster().create(pod(namespace(), "bound")));
        await(cluster().bind(key("bound"), "node-1", Map.of()).map(true));
        await(cluster().delete(Pod.class, key("pending")).map(true));
        await(cluster().delete(Pod.class, key("bound")).map(true));
        assertThat(await(cluster().get(Pod.class, key("pending")))).isEmpty();
        Pod leaving = await(cluster().get(Pod.class, key("bound"))).orElseThrow();
        assertThat(leaving.getMetadata().getDeletionTimestamp()).isNotEmpty();
        assertThat(leaving.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
    }

    @Test
    default void anEvictionDeletesWithTheGivenGrace() {
        await(cluster().create(pod(namespace(), "p")));
        await(cluster().bind(key("p"), "node-1", Map.of()).map(true));
        await(cluster().evict(key("p"), 7).map(true));
        Pod leaving = await(cluster().get(Pod.class, key("p"))).orElseThrow();
        assertThat(leaving.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(7);
        assertThat(refusal(cluster().evict(key("none"), 7))).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    default void aFinalizerHoldsAnObjectUntilItIsTakenAway() {
        Workload held = workload(namespace(), "a", 1);
        held.getMetadata().setFinalizers(List.of("berth.dev/hold"));
        await(cluster().apply(held));
        await(cluster().delete(Workload.class, key("a")).map(true));
        assertThat(await(cluster().get(Workload.class, key("a")))
                        .orElseThrow()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNotEmpty();
        await(cluster().apply(workload(namespace(), "a", 1)));
        assertThat(await(cluster().get(Workload.class, key("a")))).isEmpty();
    }

    @Test
    default void aWatchTellsWhatIsThereAndThenEachChangeInOrder() {
        await(cluster().create(workload(namespace(), "before", 1)));
        Told<Workload> told = new Told<>();
        Cluster.Watching watching = cluster().watch(Workload.class, told);
        assertThat(told.reset().all()).extracting(ObjectKey::of).contains(key("before"));
        await(cluster().create(workload(namespace(), "a", 1)));
        await(cluster().apply(workload(namespace(), "a", 2)));
        await(cluster().delete(Workload.class, key("a")).map(true));
        assertThat(told.upserted().getSpec().workers).isEqualTo(1);
        assertThat(told.upserted().getSpec().workers).isEqualTo(2);
        assertThat(ObjectKey.of(told.deleted())).isEqualTo(key("a"));
        watching.close();
    }

    @Test
    default void watchersAndCallersAreCalledOnTheirOwnContext() throws Exception {
        Context own = vertx().getOrCreateContext();
        CompletableFuture<Context> watcher = new CompletableFuture<>();
        CompletableFuture<Context> caller = new CompletableFuture<>();
        own.runOnContext(turn -> {
            cluster().watch(Workload.class, change -> watcher.complete(Vertx.currentContext()));
            cluster().get(Workload.class, key("none")).onComplete(answer -> caller.complete(Vertx.currentContext()));
        });
        assertThat(watcher.get(30, TimeUnit.SECONDS)).isSameAs(own);
        assertThat(caller.get(30, TimeUnit.SECONDS)).isSameAs(own);
    }

    @Test
    default void oneHoldsALeaseUntilItIsOver() {
        String lease = "lease-" + namespace();
        assertThat(await(cluster().holdLease(lease, "one", 2))).isTrue();
        assertThat(await(cluster().holdLease(lease, "two", 2))).isFalse();
        assertThat(await(cluster().holdLease(lease, "one", 2))).isTrue();
        boolean taken = false;
        for (int asked = 0; asked < 200 && !taken; asked++) {
            await(vertx().timer(100, TimeUnit.MILLISECONDS));
            taken = await(cluster().holdLease(lease, "two", 2));
        }
        assertThat(taken).isTrue();
        assertThat(await(cluster().holdLease(lease, "one", 2))).isFalse();
    }

    private ObjectKey key(String name) {
        return new ObjectKey(namespace(), name);
    }
}
