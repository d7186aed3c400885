package dev.berth.runtime;

import dev.berth.contract.Call;
import dev.berth.contract.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** The event bus as typed calls and topics: the only place that touches {@code vertx.eventBus()}. */
public final class Bus {
    private final Vertx vertx;

    public Bus(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Sends a request; fails with {@link dev.berth.model.Refused} for an expected no or when nobody serves the address. */
    public <Q extends Record, R extends Record> Future<R> call(Call<Q, R> call, Q request) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(call.deadline().toMillis());
        return vertx.eventBus().<R>request(call.address(), request, options).map(Message::body);
    }

    /** Answers a call; the handler runs on the caller's context and must be idempotent. */
    public <Q extends Record, R extends Record> Served serve(Call<Q, R> call, Function<Q, Future<R>> handler) {
        MessageConsumer<Q> consumer = vertx.eventBus().consumer(call.address());
        consumer.handler(message -> handler.apply(message.body()).onSuccess(message::reply));
        return consumer::unregister;
    }

    /** Tells all who listen. Nothing is kept for those who do not. */
    public <E extends Record> void publish(Topic<E> topic, E event) {
        vertx.eventBus().publish(topic.address(), event);
    }

    public <E extends Record> Served listen(Topic<E> topic, Consumer<E> listener) {
        MessageConsumer<E> consumer = vertx.eventBus().consumer(topic.address());
        consumer.handler(message -> listener.accept(message.body()));
        return consumer::unregister;
    }

    /** An address that this process serves until it is closed. */
    @FunctionalInterface
    public interface Served {
        Future<Void> close();
    }
}
