package dev.berth.scheduler.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PacerTest {
    private final List<Long> starts = new ArrayList<>();

    @Test
    void manyChangesAreOneCycle(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            Pacer pacer = pacer(vertx, 30, 10_000, Future.succeededFuture(0L));
            pacer.start();
            for (int i = 0; i < 100; i++) {
                pacer.changed();
            }
            vertx.setTimer(
                    100,
                    later -> test.verify(() -> {
                        assertThat(starts).hasSize(2);
                        assertThat(starts.get(1) - starts.get(0)).isGreaterThanOrEqualTo(25_000_000);
                        test.completeNow();
                    }));
        });
    }

    @Test
    void silenceIsBrokenByAHeartbeat(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            pacer(vertx, 1, 20, Future.succeededFuture(0L)).start();
            vertx.setPeriodic(5, poll -> {
                if (starts.size() >= 3) {
                    test.completeNow();
                }
            });
        });
    }

    @Test
    void twoCyclesNeverRunAtOnce(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            Promise<Long> slow = Promise.promise();
            Pacer pacer = pacer(vertx, 1, 5, slow.future());
            pacer.start();
            pacer.changed();
            vertx.setTimer(
                    40,
                    later -> test.verify(() -> {
                        assertThat(starts).hasSize(1);
                        slow.complete(0L);
                        vertx.setPeriodic(2, poll -> {
                            if (starts.size() >= 2) {
                                test.completeNow();
                            }
                        });
                    }));
        });
    }

    @Test
    void aStoppedPacerIsSilent(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            Pacer pacer = pacer(vertx, 1, 5, Future.succeededFuture(0L));
            pacer.start();
            pacer.stop();
            pacer.changed();
            vertx.setTimer(
                    40,
                    later -> test.verify(() -> {
                        assertThat(starts).hasSize(1);
                        test.completeNow();
                    }));
        });
    }

    private Pacer pacer(Vertx vertx, long min, long max, Future<Long> took) {
        return new Pacer(vertx, new Pacer.Bounds(min, max), () -> {
            starts.add(System.nanoTime());
            return took;
        });
    }
}
