package dev.berth.gateway;

import com.google.protobuf.ByteString;
import dev.berth.contract.StreamContract;
import dev.berth.contract.StreamContract.Chunk;
import dev.berth.contract.StreamContract.Part;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.tunnel.stream.ByteStream;
import dev.berth.tunnel.stream.StreamEnd;
import dev.berth.tunnel.stream.StreamListener;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamEndReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream between its tunnel and whoever reads it. Bytes wait here until they are asked for, never more than the
 * stream's window, since credit goes back when they are fetched.
 */
final class GatewayPipe implements StreamListener {
    private static final String PREFIX = "STREAM_END_";

    private final String user;
    private final Promise<Void> opened = Promise.promise();
    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    private @Nullable ByteStream stream;
    private @Nullable Promise<Part> reader;
    private @Nullable StreamEnd end;
    private long askedAt;
    private boolean roomAgain;

    GatewayPipe(String user, long now) {
        this.user = user;
        this.askedAt = now;
    }

    String user() {
        return user;
    }

    Future<Void> opened(ByteStream of) {
        stream = of;
        return opened.future();
    }

    @Override
    public void opened() {
        opened.tryComplete();
    }

    @Override
    public void data(StreamChannel channel, ByteString bytes) {
        waiting.add(new Chunk(channel == StreamChannel.STREAM_CHANNEL_ERROR, bytes.asReadOnlyByteBuffer()));
        answer();
    }

    /** The end tells enough: nobody here has a use for half of it. */
    @Override
    public void eof() {}

    @Override
    public void drained() {
        roomAgain = true;
        answer();
    }

    @Override
    public void closed(StreamEnd now) {
        end = now;
        opened.tryFail(new Refused(refusal(now)));
        answer();
    }

    /** A stream that ended before it began, as an answer of the API. */
    private static Refusal refusal(StreamEnd end) {
        return switch (end.reason()) {
            case STREAM_END_NOT_FOUND -> new Refusal.NotFound("pod of this workload", "by that name");
            case STREAM_END_NOT_READY ->
                new Refusal.Conflict(end.text(), "Wait until the pod runs: berth wait, or watch its status.");
            case STREAM_END_REFUSED -> new Refusal.Forbidden(end.text(), "Check container and options.");
            case STREAM_END_LIMIT -> new Refusal.TooManyRequests(end.text(), 5);
            default -> new Refusal.Busy(end.text().isEmpty() ? "The cluster did not answer." : end.text(), 2);
        };
    }

    /** What waits, or what comes within a while. */
    Future<Part> read(int most, long now) {
        askedAt = now;
        if (reader != null) {
            return Future.failedFuture(new Refused(new Refusal.Conflict("Expected one reader.", "Read in turn.")));
        }
        if (most <= 0) {
            return Future.succeededFuture(new Part(List.of(), room(), "", "", 0));
        }
        Promise<Part> asked = Promise.promise();
        reader = asked;
        answer();
        return asked.future();
    }

    private void answer() {
        Promise<Part> asked = reader;
        if (asked == null || waiting.isEmpty() && end == null && !roomAgain) {
            return;
        }
        reader = null;
        roomAgain = false;
        asked.complete(part());
    }

    private Part part() {
        List<Chunk> chunks = new ArrayList<>();
        int bytes = 0;
        for (Chunk next = waiting.peek();
                next != null && bytes + next.bytes().remaining() <= StreamContract.PART_BYTES;
                next = waiting.peek()) {
            bytes += next.bytes().remaining();
            chunks.add(waiting.remove());
        }
        if (stream != null && bytes > 0) {
            stream.consumed(bytes);
        }
        StreamEnd over = waiting.isEmpty() ? end : null;
        return over == null
                ? new Part(chunks, room(), "", "", 0)
                : new Part(chunks, 0, over.reason().name().substring(PREFIX.length()), over.text(), over.exitCode());
    }

    /** Whether it is over and nobody comes to hear of it. */
    boolean abandoned(long now) {
        return end != null && reader == null && now - askedAt > StreamContract.ABANDONED.toMillis();
    }

    int write(StreamContract.Write write, long now) {
        askedAt = now;
        ByteStream to = stream;
        if (to == null || to.over()) {
            return 0;
        }
        if (write.cancelled()) {
            cancel("Closed by the user.");
            return 0;
        }
        if (write.columns() > 0) {
            to.resize(write.columns() & 0xffff, write.rows() & 0xffff);
        }
        int bytes = write.bytes().remaining();
        if (bytes > to.roomBytes() + StreamContract.PART_BYTES) {
            cancel("More was written than there was room for.");
            return 0;
        }
        to.send(
                StreamChannel.STREAM_CHANNEL_MAIN,
                ByteString.copyFrom(write.bytes().duplicate()));
        if (write.finished()) {
            to.finish();
        }
        to.room();
        return room();
    }

    private int room() {
        return stream == null ? 0 : stream.roomBytes();
    }

    void cancel(String text) {
        if (stream != null && !stream.over()) {
            StreamEnd cancelled = StreamEnd.of(StreamEndReason.STREAM_END_CANCELLED, text);
            stream.abort(cancelled);
            waiting.clear();
            closed(cancelled);
        }
    }

    /** Answers a reader who waits in vain, and gives up one who is gone. */
    void tick(long now) {
        Promise<Part> asked = reader;
        if (asked != null && now - askedAt >= StreamContract.QUIET.toMillis()) {
            reader = null;
            asked.complete(part());
        } else if (asked == null && now - askedAt > StreamContract.ABANDONED.toMillis()) {
            waiting.clear();
            cancel("Nobody reads any more.");
        }
    }
}
