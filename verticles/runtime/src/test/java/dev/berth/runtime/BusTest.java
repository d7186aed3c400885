package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Call;
import dev.berth.contract.Topic;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {
    record Question(String text) {}

    record Answer(List<String> words) {}

    private static final Call<Question, Answer> SPLIT =
            Call.of("berth.test.split", Question.class, Answer.class, Duration.ofSeconds(2));

    @Test
    void aCallIsAnsweredByTheServerAtItsKey(Vertx vertx, VertxTestContext test) {
        Bus bus = new Bus(vertx, InstantSource.system());
        bus.serve(
                SPLIT.at("b"),
                question -> Future.succeededFuture(
                        new Answer(List.of(question.text().split(" ")))));

        bus.call(SPLIT.at("b"), new Question("two words"))
                .onComplete(test.succeeding(answer -> test.verify(() -> {
                    assertThat(answer.words()).containsExactly("two", "words");
                    test.completeNow();
                })));
    }

    @Test
    void anExpectedNoArrivesAsTheSameRefusal(Vertx vertx, VertxTestContext test) {
        Bus bus = new Bus(vertx, InstantSource.system());
        Refusal no = new Refusal.Invalid("bad", List.of(new Refusal.FieldError("/text", "empty", "Expected text.")));
        bus.serve(SPLIT, question -> Future.failedFuture(new Refused(no)));

        bus.call(SPLIT, new Question(""))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(failure).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.refusal())
                            .isEqualTo(no));
                    test.completeNow();
                })));
    }

    @Test
    void whereNobodyServesTheCallerIsToldToTryAgain(Vertx vertx, VertxTestContext test) {
        Bus bus = new Bus(vertx, InstantSource.system());

        bus.call(SPLIT.at("nobody"), new Question("x"))
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(failure).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                                    refused.refusal().detail())
                            .contains("berth.test.split.nobody"));
                    test.completeNow();
                })));
    }

    @Test
    void workWhoseCallerHasGivenUpIsNotStarted(Vertx vertx, VertxTestContext test) {
        InstantSource late = () -> Instant.ofEpochSecond(2_000);
        InstantSource early = () -> Instant.ofEpochSecond(1_000);
        Bus server = new Bus(vertx, late);
        Promise<Question> started = Promise.promise();
        server.serve(SPLIT, question -> {
            started.complete(question);
            return Future.succeededFuture(new Answer(List.of()));
        });
        Vertx other = vertx;
        callWithClock(other, early)
                .onComplete(test.failing(timeout -> test.verify(() -> {
                    assertThat(started.future().isComplete()).isFalse();
                    test.completeNow();
                })));
    }

    private static Future<Object> callWithClock(Vertx vertx, InstantSource clock) {
        return vertx.eventBus()
                .request(
                        SPLIT.address(),
                        new Question("late"),
                        new io.vertx.core.eventbus.DeliveryOptions()
                                .setCodecName(RecordCodec.NAME)
                                .setSendTimeout(200)
                                .addHeader("deadline", Long.toString(clock.millis())))
                .map(message -> message.body());
    }

    @Test
    void whatIsPublishedReachesEveryListenerUntilItCloses(Vertx vertx, VertxTestContext test) {
        Bus bus = new Bus(vertx, InstantSource.system());
        Topic<Question> topic = Topic.of("berth.test.topic", Question.class);
        var checkpoint = test.checkpoint(2);
        bus.listen(topic, event -> checkpoint.flag());
        bus.listen(topic, event -> checkpoint.flag());
        Bus.Served closed = bus.listen(topic, event -> test.failNow("a closed listener heard " + event));

        closed.close().onSuccess(done -> bus.publish(topic, new Question("news")));
    }
}
