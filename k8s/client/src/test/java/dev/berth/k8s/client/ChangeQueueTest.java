package dev.berth.k8s.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes arrive in order, a reset replaces what waits, and the queue says when it is full. */
class ChangeQueueTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<String> told = new ArrayList<>();
    private final ChangeQueue<Pod> queue = new ChangeQueue<>(context, this::tell);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aResetReplacesWhatWaits() throws Exception {
        onContext(() -> {
            queue.offer(new Change.Upserted<>(new Pod()));
            queue.reset(List.of(new Pod(), new Pod()));
            queue.offer(new Change.Deleted<>(new Pod()));
        });
        onContext(() -> {});
        assertThat(told).containsExactly("all 2", "-");
    }

    @Test
    void aFullQueueSaysSo() throws Exception {
        List<Boolean> taken = new ArrayList<>();
        onContext(() -> {
            for (int i = 0; i < 65_537; i++) {
                taken.add(queue.offer(new Change.Upserted<>(new Pod())));
            }
        });
        assertThat(taken.subList(0, 65_536)).containsOnly(true);
        assertThat(taken.get(65_536)).isFalse();
    }

    @Test
    void aClosedQueueTellsNothing() throws Exception {
        onContext(() -> {
            queue.offer(new Change.Upserted<>(new Pod()));
            queue.close();
        });
        onContext(() -> {});
        assertThat(told).isEmpty();
    }

    private void tell(Change<Pod> change) {
        change.match(
                reset -> told.add("all " + reset.all().size()), upserted -> told.add("+"), deleted -> told.add("-"));
    }

    private void onContext(Runnable action) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.runOnContext(turn -> {
            action.run();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
