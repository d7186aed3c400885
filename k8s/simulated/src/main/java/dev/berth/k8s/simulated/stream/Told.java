package dev.berth.k8s.simulated.stream;

import dev.berth.k8s.client.PodStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What simulated streams have in common: a bounded queue towards the listener, in turns of the context. */
abstract class Told implements PodStream {
    private static final int QUEUED_BYTES = 64 * 1024;

    /** Something to tell. */
    private record Piece(
            Channel channel, Buffer bytes, @Nullable End end) {}

    final Vertx vertx;
    final Context context;
    private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
    private Promise<Void> room = Promise.promise();
    private @Nullable Listener listener;
    private int queued;
    private boolean paused;
    private boolean scheduled;
    private boolean over;

    Told(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** Ends when there is room for more. */
    final Future<Void> tell(Channel channel, Buffer bytes) {
        if (over) {
            return Future.succeededFuture();
        }
        waiting.add(new Piece(channel, bytes, null));
        queued += bytes.length();
        schedule();
        return queued < QUEUED_BYTES ? Future.succeededFuture() : room.future();
    }

    final void end(End end) {
        waiting.add(new Piece(Channel.MAIN, Buffer.buffer(), end));
        schedule();
    }

    final boolean over() {
        return over;
    }

    private void schedule() {
        if (!scheduled && listener != null && !paused) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                tellOne();
            });
        }
    }

    private void tellOne() {
        Listener now = listener;
        Piece piece = now == null || paused || over ? null : waiting.poll();
        if (now == null || piece == null) {
            return;
        }
        if (piece.end() != null) {
            over = true;
            now.ended(piece.end());
            return;
        }
        queued -= piece.bytes().length();
        if (queued < QUEUED_BYTES) {
            Promise<Void> waited = room;
            room = Promise.promise();
            waited.complete();
        }
        now.data(piece.channel(), piece.bytes());
        schedule();
    }

    @Override
    public final void start(Listener now) {
        listener = now;
        begin();
        schedule();
    }

    /** Begins to tell. */
    abstract void begin();

    @Override
    public final void pause() {
        paused = true;
    }

    @Override
    public final void resume() {
        paused = false;
        schedule();
    }

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public final void close() {
        over = true;
        waiting.clear();
    }
}
