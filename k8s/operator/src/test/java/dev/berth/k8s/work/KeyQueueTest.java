package dev.berth.k8s.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.client.ObjectKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class KeyQueueTest {
    private static final Backoff BACKOFF = new Backoff(5, 40);

    private final List<String> worked = new ArrayList<>();
    private final Deque<Promise<Void>> open = new ArrayDeque<>();

    @Test
    void aKeyThatComesOftenIsWorkedOnOnce(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            KeyQueue queue = queue(vertx, 4);
            queue.add(key("a"));
            queue.add(key("a"));
            queue.add(key("b"));
            vertx.runOnContext(turn -> test.verify(() -> {
                assertThat(worked).containsExactly("a", "b");
                test.completeNow();
            }));
        });
    }

    @Test
    void noMoreThanAllowedAreWorkedOnAtATime(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            KeyQueue queue = queue(vertx, 1);
            queue.add(key("a"));
            queue.add(key("b"));
            vertx.runOnContext(turn -> {
                test.verify(() -> assertThat(worked).containsExactly("a"));
                open.remove().complete();
                vertx.runOnContext(next -> test.verify(() -> {
                    assertThat(worked).containsExactly("a", "b");
                    test.completeNow();
                }));
            });
        });
    }

    @Test
    void aChangeDuringWorkIsWorkedOnAfterIt(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            KeyQueue queue = queue(vertx, 4);
            queue.add(key("a"));
            vertx.runOnContext(turn -> {
                queue.add(key("a"));
                vertx.runOnContext(still -> {
                    test.verify(() -> assertThat(worked).containsExactly("a"));
                    open.remove().complete();
                    vertx.runOnContext(next -> test.verify(() -> {
                        assertThat(worked).containsExactly("a", "a");
                        test.completeNow();
                    }));
                });
            });
        });
    }

    @Test
    void aFailureIsTriedAgainAfterAPauseThatGrows(Vertx vertx, VertxTestContext test) {
        vertx.runOnContext(start -> {
            List<Throwable> told = new ArrayList<>();
            KeyQueue queue = new KeyQueue(
                    vertx,
                    4,
                    BACKOFF,
                    key -> {
                        worked.add(key.name());
                        return worked.size() < 3 ? Future.failedFuture("not yet") : Future.succeededFuture();
                    },
                    told::add);
            queue.add(key("a"));
            vertx.setPeriodic(2, poll -> {
                if (queue.size() == 0 && !worked.isEmpty()) {
                    test.verify(() -> {
                        assertThat(worked).hasSize(3);
                        assertThat(told).hasSize(2);
                        test.completeNow();
                    });
                }
            });
        });
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(List.of(
                        BACKOFF.pauseMillis(1),
                        BACKOFF.pauseMillis(2),
                        BACKOFF.pauseMillis(4),
                        BACKOFF.pauseMillis(99)))
                .containsExactly(5L, 10L, 40L, 40L);
    }

    private KeyQueue queue(Vertx vertx, int concurrency) {
        return new KeyQueue(
                vertx,
                concurrency,
                BACKOFF,
                key -> {
                    worked.add(key.name());
                    Promise<Void> promise = Promise.promise();
                    open.add(promise);
                    return promise.future();
                },
                failure -> {});
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("ns", name);
    }
}
