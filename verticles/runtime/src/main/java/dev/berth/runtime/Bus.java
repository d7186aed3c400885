package dev.berth.runtime;

import dev.berth.contract.Call;
import dev.berth.contract.Topic;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event bus as typed calls and topics: the only place that touches {@code vertx.eventBus()}. */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final String DEADLINE = "deadline";

    private final Vertx vertx;
    private final InstantSource clock;
    private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();

    /** At most one bus for each Vert.x instance, as the codec is registered with it. */
    public Bus(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.clock = clock;
        vertx.eventBus().registerCodec(new RecordCodec());
    }

    /** Sends a request; fails with {@link Refused} for an expected no, or when nobody answers in time. */
    public <Q extends Record, R extends Record> Future<R> call(Call<Q, R> call, Q request) {
        long deadline = clock.millis() + call.deadline().toMillis();
        DeliveryOptions options = new DeliveryOptions()
                .setCodecName(RecordCodec.NAME)
                .setSendTimeout(call.deadline().toMillis())
                .addHeader(DEADLINE, Long.toString(deadline));
        return vertx.eventBus()
                .request(call.address(), request, options)
                .map(message -> decoded(message.body(), call.reply()))
                .recover(failure -> Future.failedFuture(RefusalWire.decode(call, failure)));
    }

    /** Answers a call; the handler runs on the caller's context and must be idempotent. */
    public <Q extends Record, R extends Record> Served serve(Call<Q, R> call, Function<Q, Future<R>> handler) {
        return register(call.address(), message -> answer(call, message, handler));
    }

    /** Tells all who listen. Nothing is kept for those who do not. */
    public <E extends Record> void publish(Topic<E> topic, E event) {
        vertx.eventBus().publish(topic.address(), event, new DeliveryOptions().setCodecName(RecordCodec.NAME));
    }

    /** Hears what is published, on the caller's context. */
    public <E extends Record> Served listen(Topic<E> topic, Consumer<E> listener) {
        return register(topic.address(), message -> listener.accept(decoded(message.body(), topic.event())));
    }

    /** Registers everything anew: clustered registrations are known to get lost after a network cut. */
    Future<Void> registerAgain() {
        return Future.join(List.copyOf(registrations).stream()
                        .map(Registration::again)
                        .toList())
                .mapEmpty();
    }

    private Served register(String address, Handler<Message<Object>> handler) {
        Registration registration = new Registration(address, handler);
        registrations.add(registration);
        return registration;
    }

    private <Q extends Record, R extends Record> void answer(
            Call<Q, R> call, Message<Object> message, Function<Q, Future<R>> handler) {
        String deadline = message.headers().get(DEADLINE);
        if (deadline != null && Long.parseLong(deadline) < clock.millis()) {
            return; // the caller has given up: work done now would only add to the load that made it late
        }
        Future<R> reply;
        try {
            reply = handler.apply(decoded(message.body(), call.request()));
        } catch (RuntimeException bug) {
            reply = Future.failedFuture(bug);
        }
        reply.onSuccess(answer -> message.reply(answer, new DeliveryOptions().setCodecName(RecordCodec.NAME)))
                .onFailure(failure -> fail(call, message, failure));
    }

    private static void fail(Call<?, ?> call, Message<Object> message, Throwable failure) {
        if (failure instanceof Refused refused) {
            message.fail(refused.refusal().status(), RefusalWire.encode(refused.refusal()));
        } else {
            LOG.error("{} failed on a request", call.address(), failure);
            message.fail(500, "internal error at " + call.address());
        }
    }

    private static <T> T decoded(Object body, Class<T> type) {
        return body instanceof RecordCodec.Encoded encoded
                ? RecordJson.fromCbor(encoded.bytes(), type)
                : type.cast(body);
    }

    /** An address that this process serves until it is closed. */
    @FunctionalInterface
    public interface Served {
        Future<Void> close();
    }

    private final class Registration implements Served {
        private final String address;
        private final Handler<Message<Object>> handler;
        private volatile MessageConsumer<Object> consumer;

        Registration(String address, Handler<Message<Object>> handler) {
            this.address = address;
            this.handler = handler;
            this.consumer = vertx.eventBus().consumer(address, handler);
        }

        Future<Void> again() {
            MessageConsumer<Object> old = consumer;
            consumer = vertx.eventBus().consumer(address, handler);
            return consumer.completion().compose(done -> old.unregister());
        }

        @Override
        public Future<Void> close() {
            registrations.remove(this);
            return consumer.unregister();
        }
    }
}
