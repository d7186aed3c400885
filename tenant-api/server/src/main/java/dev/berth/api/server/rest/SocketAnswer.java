package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.server.stream.StreamPipe;
import dev.berth.api.server.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** A command or port over a WebSocket: the first byte of each message says what it is. */
final class SocketAnswer implements PipeReader.Client {
    private static final byte INPUT = 0;
    private static final byte INPUT_END = 1;
    private static final byte SIZE = 2;
    private static final byte END = 3;
    private static final int SIZE_BYTES = 5;
    private static final int ROWS_AT = 3;
    private static final short POLICY = 1008;
    private static final long PING_MILLIS = 20_000;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final StreamPipe pipe;
    private final PipeReader reader;
    private long pings = -1;
    private boolean paused;

    SocketAnswer(Vertx vertx, ServerWebSocket socket, StreamPipe pipe) {
        this.vertx = vertx;
        this.socket = socket;
        this.pipe = pipe;
        this.reader = new PipeReader(vertx, pipe, this);
    }

    void begin() {
        socket.binaryMessageHandler(this::said);
        socket.textMessageHandler(text -> socket.close(POLICY, "Expected binary messages."));
        socket.drainHandler(drained -> reader.drained());
        socket.exceptionHandler(broken -> reader.cancel());
        socket.closeHandler(closed -> {
            vertx.cancelTimer(pings);
            reader.cancel();
        });
        pings = vertx.setPeriodic(PING_MILLIS, timer -> socket.writePing(Buffer.buffer()));
        pipe.onRoom(this::room);
        reader.begin();
    }

    private void said(Buffer message) {
        byte kind = message.length() == 0 ? -1 : message.getByte(0);
        if (kind == INPUT) {
            if (message.length() > 1) {
                pipe.write(message.getBuffer(1, message.length()));
            }
            if (pipe.room() <= 0 && !paused) {
                paused = true;
                socket.pause();
            }
        } else if (kind == INPUT_END) {
            pipe.finish();
        } else if (kind == SIZE && message.length() == SIZE_BYTES) {
            pipe.resize(message.getUnsignedShort(1), message.getUnsignedShort(ROWS_AT));
        } else {
            socket.close(POLICY, "Expected input, its end, or a size.");
        }
    }

    @Override
    public void chunk(boolean error, Buffer bytes) {
        write(Buffer.buffer(bytes.length() + 1)
                .appendByte((byte) (error ? 1 : 0))
                .appendBuffer(bytes));
    }

    private void write(Buffer message) {
        if (!socket.isClosed()) {
            socket.writeBinaryMessage(message);
        }
    }

    @Override
    public boolean full() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    private void room() {
        if (paused && pipe.room() > 0) {
            paused = false;
            socket.resume();
        }
    }

    @Override
    public void ended(String reason, String text, int exitCode) {
        ObjectNode end = Json.object().put("reason", reason).put("text", text).put("exitCode", exitCode);
        write(Buffer.buffer().appendByte(END).appendBytes(Json.bytes(end)));
        if (!socket.isClosed()) {
            socket.close();
        }
    }
}
