package dev.berth.api.server.rest;

import io.vertx.core.Future;
import java.util.Map;

/** Handlers by operationId. */
interface Handlers {
    /** Answers one operation; may throw {@link dev.berth.model.Refused}. */
    @FunctionalInterface
    interface Handler {
        Future<Reply> handle(Ask ask);
    }

    Map<String, Handler> handlers();
}
