package dev.berth.api.server.rest;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Reads a body up to a bound; what is longer is refused before it is in memory. */
final class Bodies {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_BATCH_BYTES = 4 << 20;

    private Bodies() {}

    static Future<Buffer> read(HttpServerRequest request, int max) {
        String type = request.getHeader("Content-Type");
        if (type != null
                && !type.toLowerCase(Locale.ROOT)
                        .matches("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?")) {
            throw new Refused(new Refusal.Malformed("Expected Content-Type: application/json."));
        }
        if (declared(request) > max) {
            throw tooLarge(max);
        }
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(piece -> {
            if (body.length() + piece.length() > max) {
                request.handler(rest -> {});
                read.tryFail(tooLarge(max));
            } else {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> read.tryComplete(body));
        request.exceptionHandler(broken ->
                read.tryFail(new Refused(new Refusal.Malformed("Expected a whole body, but the request broke off."))));
        request.resume();
        return read.future();
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException wrong) {
            return Long.MAX_VALUE;
        }
    }

    private static Refused tooLarge(int max) {
        return new Refused(new Refusal.TooLarge("Expected a body of at most " + max + " bytes."));
    }
}
