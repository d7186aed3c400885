package dev.berth.tunnel;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.berth.tunnel.v1.Ack;
import dev.berth.tunnel.v1.Challenge;
import dev.berth.tunnel.v1.Delta;
import dev.berth.tunnel.v1.Failure;
import dev.berth.tunnel.v1.GoAway;
import dev.berth.tunnel.v1.Hello;
import dev.berth.tunnel.v1.Ping;
import dev.berth.tunnel.v1.Pong;
import dev.berth.tunnel.v1.Samples;
import dev.berth.tunnel.v1.SnapBegin;
import dev.berth.tunnel.v1.SnapEnd;
import dev.berth.tunnel.v1.SnapPage;
import dev.berth.tunnel.v1.StreamClose;
import dev.berth.tunnel.v1.StreamCredit;
import dev.berth.tunnel.v1.StreamData;
import dev.berth.tunnel.v1.StreamEof;
import dev.berth.tunnel.v1.StreamOpen;
import dev.berth.tunnel.v1.StreamOpened;
import dev.berth.tunnel.v1.StreamResize;
import dev.berth.tunnel.v1.Welcome;
import dev.berth.tunnel.v1.Window;
import org.jspecify.annotations.Nullable;

/**
 * The first byte of a frame: what its payload is, who may send it and on which streams. The numbers are those of the
 * whole protocol; 14 to 18, 20 to 22, 41, 50, 51 and 60 are taken by parts that this release does not speak.
 */
public enum FrameType {
    CHALLENGE(1, Sender.GATEWAY, Challenge.parser(), Stream.CONTROL),
    HELLO(2, Sender.AGENT, Hello.parser(), Stream.CONTROL),
    WELCOME(3, Sender.GATEWAY, Welcome.parser(), Stream.CONTROL),
    PING(4, Sender.BOTH, Ping.parser(), Stream.CONTROL),
    PONG(5, Sender.BOTH, Pong.parser(), Stream.CONTROL),
    WINDOW(6, Sender.BOTH, Window.parser(), Stream.CONTROL),
    ACK(7, Sender.BOTH, Ack.parser(), Stream.CONTROL),
    GOAWAY(8, Sender.BOTH, GoAway.parser(), Stream.CONTROL),
    FAILURE(9, Sender.BOTH, Failure.parser(), Stream.CONTROL),
    DELTA(10, Sender.BOTH, Delta.parser(), Stream.OBJECTS),
    SNAP_BEGIN(11, Sender.BOTH, SnapBegin.parser(), Stream.OBJECTS),
    SNAP_PAGE(12, Sender.BOTH, SnapPage.parser(), Stream.OBJECTS),
    SNAP_END(13, Sender.BOTH, SnapEnd.parser(), Stream.OBJECTS),
    OPEN(30, Sender.GATEWAY, StreamOpen.parser(), Stream.BYTES),
    OPENED(31, Sender.AGENT, StreamOpened.parser(), Stream.BYTES),
    DATA(32, Sender.BOTH, StreamData.parser(), Stream.BYTES),
    EOF(33, Sender.BOTH, StreamEof.parser(), Stream.BYTES),
    CLOSE(34, Sender.BOTH, StreamClose.parser(), Stream.BYTES),
    RESIZE(35, Sender.GATEWAY, StreamResize.parser(), Stream.BYTES),
    CREDIT(36, Sender.BOTH, StreamCredit.parser(), Stream.BYTES),
    SAMPLES(40, Sender.AGENT, Samples.parser(), Stream.METRICS);

    /** Which end may send a frame. */
    public enum Sender {
        AGENT,
        GATEWAY,
        BOTH;

        boolean allows(Sender sender) {
            return this == BOTH || this == sender;
        }
    }

    /** Streams by number. Objects go down on {@link #DESIRED} and up on {@link #OBSERVED}. */
    public static final class Stream {
        public static final int CONTROL = 0;
        public static final int DESIRED = 1;
        public static final int OBSERVED = 2;
        public static final int METRICS = 5;
        /** The first byte stream; the gateway opens even ones, odd ones are kept for later. */
        public static final int FIRST_BYTES = 16;

        private static final int OBJECTS = -1;
        private static final int BYTES = -2;

        private Stream() {}
    }

    private static final @Nullable FrameType[] BY_NUMBER = new @Nullable FrameType[256];

    static {
        for (FrameType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final Sender sender;
    private final Parser<? extends MessageLite> parser;
    private final int stream;

    FrameType(int number, Sender sender, Parser<? extends MessageLite> parser, int stream) {
        this.number = number;
        this.sender = sender;
        this.parser = parser;
        this.stream = stream;
    }

    /** Whether frames of this type belong to a byte stream. */
    public boolean ofBytes() {
        return stream == Stream.BYTES;
    }

    int number() {
        return number;
    }

    Parser<? extends MessageLite> parser() {
        return parser;
    }

    static @Nullable FrameType of(int number) {
        return BY_NUMBER[number];
    }

    /** Refuses a frame from the wrong end or on a stream that is not its own. */
    void check(Sender from, int onStream) {
        if (!sender.allows(from)) {
            throw ProtocolViolation.malformed("Expected no " + this + " from this end.");
        }
        if (stream == Stream.BYTES) {
            if (onStream < Stream.FIRST_BYTES || onStream % 2 != 0) {
                throw ProtocolViolation.malformed("Expected " + this + " on an even stream from 16 on, but got it on "
                        + Integer.toUnsignedString(onStream) + ".");
            }
            return;
        }
        int expected = stream != Stream.OBJECTS ? stream : from == Sender.AGENT ? Stream.OBSERVED : Stream.DESIRED;
        if (onStream != expected) {
            throw ProtocolViolation.malformed("Expected " + this + " on stream " + expected + ", but got it on "
                    + Integer.toUnsignedString(onStream) + ".");
        }
    }
}
