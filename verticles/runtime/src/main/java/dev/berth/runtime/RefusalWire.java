package dev.berth.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.berth.contract.Call;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.eventbus.ReplyException;
import java.io.UncheckedIOException;

/** Refusals on the bus: the failure code is the HTTP status, the failure message the refusal as JSON. */
final class RefusalWire {
    private RefusalWire() {}

    static String encode(Refusal refusal) {
        try {
            return RecordJson.mapper().writerFor(Refusal.class).writeValueAsString(refusal);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the caller is told when a call fails: a refusal where one was meant, the bug itself otherwise. */
    static Throwable decode(Call<?, ?> call, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return failure;
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> new Refused(new Refusal.Busy("Nobody serves " + call.address() + " at the moment.", 1));
            case TIMEOUT ->
                new Refused(new Refusal.Busy(
                        "No answer from " + call.address() + " within "
                                + call.deadline().toMillis() + " ms.",
                        1));
            case RECIPIENT_FAILURE -> refusalOf(reply);
            case ERROR -> reply;
        };
    }

    private static Throwable refusalOf(ReplyException reply) {
        String message = reply.getMessage();
        if (message == null || !message.startsWith("{")) {
            return reply;
        }
        try {
            return new Refused(RecordJson.mapper().readValue(message, Refusal.class));
        } catch (JsonProcessingException e) {
            reply.addSuppressed(e);
            return reply;
        }
    }
}
