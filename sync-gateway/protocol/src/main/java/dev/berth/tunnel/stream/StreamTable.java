package dev.berth.tunnel.stream;

import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.FrameType.Stream;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.v1.StreamEndReason;
import dev.berth.tunnel.v1.StreamKind;
import dev.berth.tunnel.v1.StreamOpen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One end of all byte streams of a connection. Frames go in by {@link #received}; {@link #next} gives the frame that should
 * go out, as long as the socket takes more: first what opens, closes or returns credit, then data, streams in turn, those
 * with a person at the other end twice as often as logs. Not thread-safe.
 */
public final class StreamTable {
    private static final int LOG_TURNS = 2;
    private static final int PERSON_TURNS = 4;
    /** A new stream may have this part of the budget that is left. */
    private static final int SHARE = 32;

    /** Answers what the peer opens: {@link ByteStream#accept} or {@link ByteStream#end}, now or later. */
    @FunctionalInterface
    public interface Acceptor {
        void requested(ByteStream stream, StreamOpen request);
    }

    /** How the table reaches what is around it. */
    public interface Surroundings {
        /** Milliseconds of a clock that never goes back. */
        long now();

        /** A frame may be fetched. Not called from within {@link StreamTable#next}. */
        void wake();
    }

    private final @Nullable Acceptor acceptor;
    private final Surroundings around;
    private final Map<Integer, ByteStream> streams = new HashMap<>();
    private final ArrayDeque<Frame> urgent = new ArrayDeque<>();
    private final ArrayDeque<ByteStream> turns = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private int turnsLeft;
    private int lastNumber = Stream.FIRST_BYTES - 2;
    private int windows;
    private boolean telling;

    private StreamTable(@Nullable Acceptor acceptor, Surroundings around) {
        this.acceptor = acceptor;
        this.around = around;
    }

    /** The gateway's end, which opens. */
    public static StreamTable opening(Surroundings around) {
        return new StreamTable(null, around);
    }

    /** The agent's end, which answers. */
    public static StreamTable answering(Acceptor acceptor, Surroundings around) {
        return new StreamTable(acceptor, around);
    }

    public int size() {
        return streams.size();
    }

    /** Opens a stream; empty where this session has as many as it may. The request's window is set here. */
    public Optional<ByteStream> open(StreamOpen request, StreamListener listener) {
        int window = window();
        if (window == 0 || lastNumber > Integer.MAX_VALUE - 4) {
            return Optional.empty();
        }
        lastNumber += 2;
        ByteStream stream = new ByteStream(
                this, lastNumber, turnsOf(request.getKind()), new ReceiveWindow(window), new CreditWindow(0));
        stream.listen(listener);
        add(stream);
        urgent(new Frame(
                FrameType.OPEN,
                lastNumber,
                0,
                request.toBuilder().setWindow(window).build()));
        return Optional.of(stream);
    }

    /** Early streams get a full window, many share what is left of the session's budget. */
    private int window() {
        int left = StreamLimits.SESSION_BYTES - windows;
        boolean full = streams.size() >= StreamLimits.STREAMS || left < StreamLimits.LEAST_WINDOW_BYTES;
        return full ? 0 : Math.max(StreamLimits.LEAST_WINDOW_BYTES, Math.min(StreamLimits.WINDOW_BYTES, left / SHARE));
    }

    private static int turnsOf(StreamKind kind) {
        return kind == StreamKind.STREAM_KIND_LOGS ? LOG_TURNS : PERSON_TURNS;
    }

    private void add(ByteStream stream) {
        streams.put(stream.number(), stream);
        windows += stream.windowBytes();
    }

    /** Takes a frame of a byte stream. */
    public void received(Frame frame) {
        if (!frame.type().ofBytes()) {
            throw ProtocolViolation.malformed("Expected a frame of a byte stream.");
        }
        if (frame.type() == FrameType.OPEN) {
            requested(frame);
        } else {
            ByteStream stream = streams.get(frame.stream());
            if (stream != null) {
                stream.received(frame);
            } else if (frame.stream() > lastNumber) {
                throw ProtocolViolation.malformed("Expected no frame of a stream that was never opened.");
            }
            // Else it crossed our CLOSE on the way.
        }
        tellLater();
    }

    private void requested(Frame frame) {
        StreamOpen request = frame.body(StreamOpen.class);
        if (acceptor == null || frame.stream() <= lastNumber) {
            throw ProtocolViolation.malformed("Expected an OPEN with a number above all before it.");
        }
        if (request.getWindow() <= 0 || request.getWindow() > StreamLimits.WINDOW_BYTES) {
            throw ProtocolViolation.malformed("Expected a window of at most " + StreamLimits.WINDOW_BYTES + " bytes.");
        }
        lastNumber = frame.stream();
        int window = window();
        if (window == 0) {
            StreamEnd busy = StreamEnd.of(StreamEndReason.STREAM_END_LIMIT, "The cluster has too many open streams.");
            urgent(new Frame(FrameType.CLOSE, frame.stream(), 0, busy.message()));
            return;
        }
        ByteStream stream = new ByteStream(
                this,
                frame.stream(),
                turnsOf(request.getKind()),
                new ReceiveWindow(window),
                new CreditWindow(request.getWindow()));
        add(stream);
        acceptor.requested(stream, request);
    }

    /** The frame that should go now, or null. */
    public @Nullable Frame next() {
        Frame first = urgent.poll();
        return first != null ? first : nextInTurn();
    }

    private @Nullable Frame nextInTurn() {
        ByteStream stream = turns.peek();
        while (stream != null) {
            if (stream.sendable() && turnsLeft > 0) {
                turnsLeft--;
                Frame frame = stream.next();
                tellLater();
                return frame;
            }
            turns.remove();
            if (stream.sendable()) {
                turns.add(stream);
            }
            stream = turns.peek();
            turnsLeft = stream == null ? 0 : stream.turns();
        }
        return null;
    }

    /** Called now and then: ends what was idle, or open, for too long. */
    public void tick(long now) {
        new ArrayList<>(streams.values()).forEach(stream -> stream.tick(now));
        tellLater();
    }

    /** The connection is gone; every stream ends for this reason. */
    public void lost(StreamEnd end) {
        new ArrayList<>(streams.values()).forEach(stream -> stream.lost(end));
        urgent.clear();
        turns.clear();
    }

    long now() {
        return around.now();
    }

    boolean opener() {
        return acceptor == null;
    }

    void urgent(Frame frame) {
        if (frame.type() == FrameType.RESIZE) {
            // Only the newest size counts; a window that is dragged must not fill memory while the socket is full.
            urgent.removeIf(old -> old.type() == FrameType.RESIZE && old.stream() == frame.stream());
        }
        urgent.add(frame);
        around.wake();
    }

    void ready(ByteStream stream) {
        if (stream.sendable() && !turns.contains(stream)) {
            if (turns.isEmpty()) {
                turnsLeft = stream.turns();
            }
            turns.add(stream);
            around.wake();
        }
    }

    /** Tells a listener once the frame in hand is out of it. */
    void later(Runnable telling) {
        later.add(telling);
    }

    private void tellLater() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (Runnable next = later.poll(); next != null; next = later.poll()) {
                next.run();
            }
        } finally {
            telling = false;
        }
    }

    void left(ByteStream stream) {
        if (streams.remove(stream.number()) != null) {
            windows -= stream.windowBytes();
        }
        turns.remove(stream);
    }
}
