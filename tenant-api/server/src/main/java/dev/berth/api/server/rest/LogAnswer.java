package dev.berth.api.server.rest;

import dev.berth.api.server.stream.StreamPipe;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** A log as the body of an HTTP answer. */
final class LogAnswer implements PipeReader.Client {
    /** How the last line begins when the stream ended before the log did. */
    static final String ENDED = "berth: stream ended: ";

    private final HttpServerResponse response;
    private final PipeReader reader;
    private boolean lineOpen;

    LogAnswer(Vertx vertx, HttpServerResponse response, StreamPipe pipe) {
        this.response = response;
        this.reader = new PipeReader(vertx, pipe, this);
    }

    void begin() {
        // A log is text and nothing else, whatever a browser makes of its bytes; compression would hold lines back.
        response.setChunked(true)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader("Connection", "close");
        response.closeHandler(closed -> reader.cancel());
        response.exceptionHandler(broken -> reader.cancel());
        response.drainHandler(drained -> reader.drained());
        response.writeHead();
        reader.begin();
    }

    @Override
    public void chunk(boolean error, Buffer bytes) {
        if (bytes.length() > 0) {
            lineOpen = bytes.getByte(bytes.length() - 1) != '\n';
            response.write(bytes);
        }
    }

    @Override
    public boolean full() {
        return response.writeQueueFull();
    }

    @Override
    public void ended(String reason, String text, int exitCode) {
        if (!reason.equals("COMPLETED")) {
            response.write((lineOpen ? "\n" : "") + ENDED + reason + " " + text + "\n");
        }
        response.end();
    }
}
