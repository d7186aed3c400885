package dev.berth.k8s.simulated.stream;

import dev.berth.k8s.client.LogOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A log that is made up as it is read. */
final class SimulatedLog extends Told {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final long FOLLOW_MILLIS = 50;

    private final LogOptions options;
    private final InstantSource clock;
    private final Supplier<LogScript> now;
    private long next;

    SimulatedLog(Vertx vertx, LogScript script, LogOptions options, InstantSource clock, Supplier<LogScript> now) {
        super(vertx);
        this.options = options;
        this.clock = clock;
        this.now = now;
        this.next = script.first(options, clock.millis());
    }

    @Override
    void begin() {
        goOn();
    }

    private void goOn() {
        if (over()) {
            return;
        }
        LogScript script = now.get();
        long until = script.written(clock.millis());
        if (next < until) {
            Buffer piece = Buffer.buffer(PIECE_BYTES);
            while (next < until && piece.length() < PIECE_BYTES) {
                piece.appendBytes(script.line(next++, options.timestamps()));
            }
            tell(Channel.MAIN, piece).onSuccess(room -> context.runOnContext(turn -> goOn()));
        } else if (!options.follow() || script.endMillis() <= clock.millis()) {
            end(new End.Completed(0));
        } else {
            vertx.setTimer(FOLLOW_MILLIS, timer -> goOn());
        }
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        return Future.succeededFuture();
    }

    @Override
    public void finish() {}
}
