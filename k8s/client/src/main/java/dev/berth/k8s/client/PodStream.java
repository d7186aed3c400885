package dev.berth.k8s.client;

import dev.berth.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One open stream. All calls are made, and all is told, on the context on which it was opened. */
public interface PodStream {
    /** Where bytes come from: output, or errors where the command has no terminal. */
    enum Channel {
        MAIN,
        ERROR
    }

    /** How a stream ended. */
    sealed interface End {
        /** The log was read, the command ended, or the connection was closed. */
        record Completed(int exitCode) implements End {}

        record Failed(Refusal refusal) implements End {}
    }

    /** Told what comes. */
    interface Listener {
        void data(Channel channel, Buffer bytes);

        /** Nothing follows. */
        void ended(End end);
    }

    /** Begins to tell. Call once. */
    void start(Listener listener);

    /** Asks for no more; what is in hand may still be told. The other end is not read meanwhile. */
    void pause();

    void resume();

    /** Gives bytes to the other end; ends when more may be given. Bytes to a log, or after the end, are dropped. */
    Future<Void> write(Buffer bytes);

    /** No bytes follow. */
    void finish();

    void resize(int columns, int rows);

    /** Lets go; nothing is told any more. */
    void close();
}
