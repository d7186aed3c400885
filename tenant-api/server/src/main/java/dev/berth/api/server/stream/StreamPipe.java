package dev.berth.api.server.stream;

import dev.berth.contract.StreamContract.Part;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One open stream to a pod. A read fails only when whoever holds the tunnel is gone. */
public interface StreamPipe {
    /** What waits, or what comes within a few seconds; perhaps nothing. One at a time. */
    Future<Part> read();

    /** Tells that somebody will read again; needed every few seconds while nobody does. */
    void stillHere();

    /** Bytes that may be written now. */
    int room();

    /** Whom to tell when there is room, perhaps again. */
    void onRoom(Runnable listener);

    void write(Buffer bytes);

    /** No input follows. */
    void finish();

    void resize(int columns, int rows);

    /** Lets go; the pod's side is closed. */
    void cancel();
}
