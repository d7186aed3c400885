package dev.berth.api.server.rest;

import dev.berth.api.server.stream.StreamPipe;
import dev.berth.contract.StreamContract.Chunk;
import dev.berth.contract.StreamContract.Part;
import dev.berth.model.Refused;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Reads a pipe as fast as a client takes it: the next part is asked for when the client has room. */
final class PipeReader {
    private static final long STILL_HERE_MILLIS = 10_000;

    /** The client's side. */
    interface Client {
        void chunk(boolean error, Buffer bytes);

        /** Whether it wants no more for now; {@link PipeReader#drained} tells when it does. */
        boolean full();

        /** Nothing follows. */
        void ended(String reason, String text, int exitCode);
    }

    private final Vertx vertx;
    private final StreamPipe pipe;
    private final Client client;
    private long beat = -1;
    private boolean reading;
    private boolean over;

    PipeReader(Vertx vertx, StreamPipe pipe, Client client) {
        this.vertx = vertx;
        this.pipe = pipe;
        this.client = client;
    }

    void begin() {
        beat = vertx.setPeriodic(STILL_HERE_MILLIS, timer -> {
            if (!reading && !over) {
                pipe.stillHere();
            }
        });
        next();
    }

    void drained() {
        next();
    }

    private void next() {
        if (over || reading || client.full()) {
            return;
        }
        reading = true;
        pipe.read().onComplete(part -> {
            reading = false;
            if (over) {
                return;
            }
            if (part.failed()) {
                String text = part.cause() instanceof Refused refused
                        ? refused.refusal().detail()
                        : "The gateway does not answer.";
                end("GATEWAY_LOST", text, 0);
            } else {
                took(part.result());
            }
        });
    }

    private void took(Part part) {
        List<Chunk> chunks = part.chunks();
        for (Chunk chunk : chunks) {
            byte[] bytes = new byte[chunk.bytes().remaining()];
            chunk.bytes().duplicate().get(bytes);
            client.chunk(chunk.error(), Buffer.buffer(bytes));
        }
        if (part.end().isEmpty()) {
            next();
        } else {
            end(part.end(), part.text(), part.exitCode());
        }
    }

    private void end(String reason, String text, int exitCode) {
        stop();
        client.ended(reason, text, exitCode);
    }

    /** The client is gone. */
    void cancel() {
        if (!over) {
            stop();
            pipe.cancel();
        }
    }

    private void stop() {
        over = true;
        vertx.cancelTimer(beat);
    }
}
