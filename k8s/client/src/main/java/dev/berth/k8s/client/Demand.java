package dev.berth.k8s.client;

import dev.berth.k8s.client.PodStream.End;
import dev.berth.k8s.client.PodStream.Listener;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Carries pieces from fabric8's threads to a listener's context, one at a time: the next is asked of the socket only when
 * the last is told and the listener is not paused. So what waits here is one piece, and a slow listener is felt by the
 * API server as a full TCP window.
 */
final class Demand {
    /** A piece that came, or the end. */
    private record Piece(
            PodStream.Channel channel,
            Buffer bytes,
            @Nullable End end) {}

    private final Context context;
    private final Runnable more;
    private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
    private @Nullable Listener listener;
    private boolean paused;
    private boolean asked = true;
    private boolean over;

    /** @param more asks the socket for one more piece; the first was asked already */
    Demand(Context context, Runnable more) {
        this.context = context;
        this.more = more;
    }

    /** From any thread. */
    void piece(PodStream.Channel channel, Buffer bytes) {
        context.runOnContext(turn -> {
            asked = false;
            if (!over) {
                if (bytes.length() > 0) {
                    waiting.add(new Piece(channel, bytes, null));
                }
                tell();
            }
        });
    }

    /** From any thread; whatever comes later is not told. */
    void end(End end) {
        context.runOnContext(turn -> {
            waiting.add(new Piece(PodStream.Channel.MAIN, Buffer.buffer(), end));
            tell();
        });
    }

    void start(Listener now) {
        listener = now;
        tell();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        tell();
    }

    void close() {
        over = true;
        waiting.clear();
    }

    private void tell() {
        Listener now = listener;
        while (now != null && !paused && !over && !waiting.isEmpty()) {
            Piece piece = waiting.remove();
            if (piece.end() == null) {
                now.data(piece.channel(), piece.bytes());
            } else {
                over = true;
                now.ended(piece.end());
            }
        }
        if (now != null && !paused && !over && !asked) {
            asked = true;
            more.run();
        }
    }
}
