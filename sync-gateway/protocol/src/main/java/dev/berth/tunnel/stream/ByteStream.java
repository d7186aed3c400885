package dev.berth.tunnel.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.berth.tunnel.Frame;
import dev.berth.tunnel.FrameType;
import dev.berth.tunnel.ProtocolViolation;
import dev.berth.tunnel.v1.StreamChannel;
import dev.berth.tunnel.v1.StreamClose;
import dev.berth.tunnel.v1.StreamCredit;
import dev.berth.tunnel.v1.StreamData;
import dev.berth.tunnel.v1.StreamEof;
import dev.berth.tunnel.v1.StreamOpened;
import dev.berth.tunnel.v1.StreamResize;
import dev.berth.tunnel.v1.TerminalSize;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of one stream.
 *
 * <pre>
 * Opening --OPENED--> Open --EOF of either side--> half closed --CLOSE--> Over
 *     \_________________\____________________________\____________________/
 * </pre>
 *
 * <p>Bytes wait here, at most {@link StreamLimits#QUEUE_BYTES} and one piece, until the peer's credit and the turn of this
 * stream come. Not thread-safe.
 */
public final class ByteStream {
    private final StreamTable table;
    private final int number;
    private final int turns;
    private final ReceiveWindow incoming;
    private final ArrayDeque<StreamData> waiting = new ArrayDeque<>();
    private StreamListener listener = new Unheard();
    private CreditWindow credit;
    private int waitingBytes;
    private boolean toldToWait;
    private boolean open;
    private boolean finished;
    private boolean eofSent;
    private boolean peerFinished;
    private @Nullable StreamEnd ending;
    private boolean over;
    private final long since;
    private long activeAt;

    ByteStream(StreamTable table, int number, int turns, ReceiveWindow incoming, CreditWindow credit) {
        this.table = table;
        this.number = number;
        this.turns = turns;
        this.incoming = incoming;
        this.credit = credit;
        this.since = table.now();
        this.activeAt = since;
    }

    public int number() {
        return number;
    }

    public void listen(StreamListener now) {
        listener = now;
    }

    /** The pod answers; only at the end that was asked. */
    public void accept() {
        if (!over && !open) {
            open = true;
            control(
                    FrameType.OPENED,
                    StreamOpened.newBuilder().setWindow(incoming.size()).build());
        }
    }

    /** Whether more may be given now; if not, {@link StreamListener#drained} tells when. */
    public boolean room() {
        boolean room = waitingBytes < StreamLimits.QUEUE_BYTES;
        toldToWait |= !room;
        return room;
    }

    /** Bytes that may be given before {@link #room} says no. */
    public int roomBytes() {
        return over || finished ? 0 : Math.max(0, StreamLimits.QUEUE_BYTES - waitingBytes);
    }

    /** Sends bytes, in pieces; what the peer cannot take yet waits. Ignored once this direction is over. */
    public void send(StreamChannel channel, ByteString bytes) {
        if (over || finished || ending != null) {
            return;
        }
        for (int from = 0; from < bytes.size(); from += StreamLimits.CHUNK_BYTES) {
            ByteString piece = bytes.substring(from, Math.min(bytes.size(), from + StreamLimits.CHUNK_BYTES));
            waiting.add(StreamData.newBuilder()
                    .setChannel(channel)
                    .setContent(piece)
                    .build());
        }
        waitingBytes += bytes.size();
        table.ready(this);
    }

    /** Nothing more follows in this direction. */
    public void finish() {
        if (!over && !finished) {
            finished = true;
            table.ready(this);
        }
    }

    public void resize(int columns, int rows) {
        if (!over) {
            TerminalSize size =
                    TerminalSize.newBuilder().setColumns(columns).setRows(rows).build();
            control(FrameType.RESIZE, StreamResize.newBuilder().setSize(size).build());
        }
    }

    /** The listener has dealt with bytes that it was given. */
    public void consumed(int bytes) {
        if (over) {
            return;
        }
        int granted = incoming.consumed(bytes);
        if (granted > 0 && !peerFinished) {
            control(
                    FrameType.CREDIT,
                    StreamCredit.newBuilder().setBytes(granted).build());
        }
    }

    /** Ends the stream behind all bytes that were given. */
    public void end(StreamEnd end) {
        if (!over && ending == null) {
            ending = end;
            table.ready(this);
        }
    }

    /** Ends the stream now; bytes that wait are dropped. */
    public void abort(StreamEnd end) {
        if (!over) {
            leave();
            control(FrameType.CLOSE, end.message());
        }
    }

    public boolean over() {
        return over;
    }

    int turns() {
        return turns;
    }

    int windowBytes() {
        return incoming.size();
    }

    /** Whether there is a frame that may go now. */
    boolean sendable() {
        if (over || !open) {
            return !over && waiting.isEmpty() && ending != null;
        }
        return waiting.isEmpty() ? ending != null || finished && !eofSent : credit.left() > 0;
    }

    /** The next frame of this direction; call only when {@link #sendable}. */
    Frame next() {
        activeAt = table.now();
        StreamData first = waiting.peek();
        if (first != null) {
            return data(first);
        }
        if (ending != null && (eofSent || !finished || !open)) {
            StreamClose close = ending.message();
            leave();
            return frame(FrameType.CLOSE, close);
        }
        eofSent = true;
        return frame(FrameType.EOF, StreamEof.getDefaultInstance());
    }

    private Frame data(StreamData first) {
        waiting.remove();
        ByteString content = first.getContent();
        int fits = Math.min(content.size(), credit.left());
        if (fits < content.size()) {
            waiting.addFirst(
                    first.toBuilder().setContent(content.substring(fits)).build());
        }
        credit.spend(fits);
        waitingBytes -= fits;
        if (toldToWait && waitingBytes < StreamLimits.QUEUE_BYTES / 2) {
            toldToWait = false;
            table.later(listener::drained);
        }
        return frame(
                FrameType.DATA,
                fits < content.size()
                        ? first.toBuilder()
                                .setContent(content.substring(0, fits))
                                .build()
                        : first);
    }

    void received(Frame frame) {
        activeAt = table.now();
        switch (frame.type()) {
            case OPENED -> opened(frame.body(StreamOpened.class));
            case DATA -> data(frame);
            case EOF -> {
                refuseAfterEof();
                peerFinished = true;
                listener.eof();
            }
            case CREDIT -> {
                credit.grant(frame.body(StreamCredit.class).getBytes());
                table.ready(this);
            }
            case RESIZE -> {
                TerminalSize size = frame.body(StreamResize.class).getSize();
                listener.resized(size.getColumns() & 0xffff, size.getRows() & 0xffff);
            }
            case CLOSE -> lost(StreamEnd.of(frame.body(StreamClose.class)));
            default -> throw ProtocolViolation.malformed("Expected no " + frame.type() + " on this stream.");
        }
    }

    private void opened(StreamOpened message) {
        if (open || !table.opener() || message.getWindow() <= 0 || message.getWindow() > StreamLimits.WINDOW_BYTES) {
            throw ProtocolViolation.malformed("Expected one OPENED, with a window that the protocol allows.");
        }
        open = true;
        credit = new CreditWindow(message.getWindow());
        listener.opened();
        table.ready(this);
    }

    private void data(Frame frame) {
        StreamData data = frame.body(StreamData.class);
        int bytes = data.getContent().size();
        refuseAfterEof();
        if (!open || bytes == 0 || bytes > StreamLimits.CHUNK_BYTES) {
            throw ProtocolViolation.malformed("Expected 1 to " + StreamLimits.CHUNK_BYTES + " bytes, behind OPENED.");
        }
        incoming.received(bytes);
        if (ending != null) {
            consumed(bytes);
        } else {
            listener.data(data.getChannel(), data.getContent());
        }
    }

    private void refuseAfterEof() {
        if (peerFinished) {
            throw ProtocolViolation.malformed("Expected nothing behind EOF.");
        }
    }

    /** Ends it here without a word to the peer, which said so itself or is gone. */
    void lost(StreamEnd end) {
        if (!over) {
            boolean ours = ending != null;
            leave();
            if (!ours) {
                listener.closed(end);
            }
        }
    }

    /** Ends what takes too long, at both sides. */
    void tick(long now) {
        StreamEnd end = null;
        if (!open && now - since > StreamLimits.OPENING_MILLIS) {
            end = StreamEnd.of(
                    dev.berth.tunnel.v1.StreamEndReason.STREAM_END_EXPIRED, "The cluster did not answer in time.");
        } else if (now - activeAt > StreamLimits.IDLE_MILLIS) {
            end = StreamEnd.of(dev.berth.tunnel.v1.StreamEndReason.STREAM_END_IDLE, "Nothing came for 15 minutes.");
        } else if (now - since > StreamLimits.TOTAL_MILLIS) {
            end = StreamEnd.of(dev.berth.tunnel.v1.StreamEndReason.STREAM_END_EXPIRED, "Open for 24 hours.");
        }
        if (end != null) {
            abort(end);
            listener.closed(end);
        }
    }

    private void leave() {
        over = true;
        waiting.clear();
        waitingBytes = 0;
        table.left(this);
    }

    private void control(FrameType type, MessageLite body) {
        table.urgent(frame(type, body));
    }

    private Frame frame(FrameType type, MessageLite body) {
        return new Frame(type, number, 0, body);
    }

    /** Until somebody listens there is nothing to tell: the peer has no credit or has not been answered. */
    private static final class Unheard implements StreamListener {
        @Override
        public void data(StreamChannel channel, ByteString bytes) {}

        @Override
        public void eof() {}

        @Override
        public void drained() {}

        @Override
        public void closed(StreamEnd end) {}
    }
}
