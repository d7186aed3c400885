package dev.berth.tunnel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.tunnel.FrameType.Sender;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames to bytes and back. The header is fixed, so that a frame can be counted and relayed without being decoded:
 *
 * <pre>
 * 0      1       2       4            8            16
 * | type | flags | 0 u16 | stream u32 | seq u64 BE | payload
 * flags: 1 zstd, 2 more fragments follow, 4 ignore if unknown, 8 barrier
 * </pre>
 *
 * <p>A message larger than one payload goes as several frames of equal type, stream and seq. One instance reads one
 * direction of one connection; it is not thread-safe.
 */
public final class FrameCodec {
    static final int ZSTD = 1;
    static final int MORE = 2;
    static final int OPTIONAL = 4;
    static final int BARRIER = 8;
    private static final int KNOWN_FLAGS = ZSTD | MORE | OPTIONAL | BARRIER;

    private final Sender peer;
    private final Fragments fragments = new Fragments();
    private boolean greeted;

    /** A reader of what this peer sends. */
    public FrameCodec(Sender peer) {
        this.peer = peer;
    }

    /** From here on the peer is known, and frames may be as large as the protocol allows. */
    public void greeted() {
        greeted = true;
    }

    /** The bytes of each WebSocket message that carries the frame, in order. */
    public static List<byte[]> encode(Frame frame) {
        byte[] payload = frame.body().toByteArray();
        if (payload.length > Limits.OBJECT_BYTES) {
            throw new IllegalArgumentException("Expected a message of at most " + Limits.OBJECT_BYTES + " bytes, but "
                    + frame.type() + " has " + payload.length + ".");
        }
        int flags = 0;
        if (payload.length >= Limits.COMPRESS_FROM_BYTES) {
            payload = Compression.compress(payload);
            flags = ZSTD;
        }
        List<byte[]> messages = new ArrayList<>();
        int from = 0;
        do {
            int length = Math.min(Limits.PAYLOAD_BYTES, payload.length - from);
            boolean last = from + length == payload.length;
            messages.add(message(frame, last ? flags : flags | MORE, ByteBuffer.wrap(payload, from, length)));
            from += length;
        } while (from < payload.length);
        return messages;
    }

    private static byte[] message(Frame frame, int flags, ByteBuffer payload) {
        return ByteBuffer.allocate(Limits.HEADER_BYTES + payload.remaining())
                .put((byte) frame.type().number())
                .put((byte) flags)
                .putShort((short) 0)
                .putInt(frame.stream())
                .putLong(frame.seq())
                .put(payload)
                .array();
    }

    /**
     * The frame of this message; null where the message is one that may be ignored, or a fragment that others follow.
     *
     * @throws ProtocolViolation with the code to close with
     */
    public @Nullable Frame decode(byte[] message) {
        checkLength(message.length);
        ByteBuffer in = ByteBuffer.wrap(message);
        int number = Byte.toUnsignedInt(in.get());
        int flags = Byte.toUnsignedInt(in.get());
        if (in.getShort() != 0 || (flags & ~KNOWN_FLAGS) != 0) {
            throw ProtocolViolation.malformed("Expected reserved bits to be 0.");
        }
        int stream = in.getInt();
        long seq = in.getLong();
        FrameType type = FrameType.of(number);
        if (type == null) {
            if ((flags & OPTIONAL) != 0) {
                return null;
            }
            throw ProtocolViolation.malformed("Expected a known frame type, but got " + number + ".");
        }
        type.check(peer, stream);
        byte[] whole = fragments.add(new Fragments.Head(type, flags & ZSTD, stream, seq), in, (flags & MORE) != 0);
        if (whole == null) {
            return null;
        }
        byte[] payload = (flags & ZSTD) != 0 ? Compression.inflate(whole) : whole;
        return new Frame(type, stream, seq, parse(type, payload));
    }

    private void checkLength(int length) {
        if (length < Limits.HEADER_BYTES) {
            throw ProtocolViolation.malformed("Expected a header of 16 bytes, but got " + length + ".");
        }
        int most = greeted ? Limits.HEADER_BYTES + Limits.PAYLOAD_BYTES : Limits.GREETING_FRAME_BYTES;
        if (length > most) {
            throw ProtocolViolation.tooLarge("Expected a frame of at most " + most + " bytes, but got " + length + ".");
        }
    }

    private static com.google.protobuf.MessageLite parse(FrameType type, byte[] payload) {
        try {
            return type.parser().parseFrom(payload);
        } catch (InvalidProtocolBufferException malformed) {
            throw ProtocolViolation.malformed("Expected a " + type + " message, but its bytes are no such message.");
        }
    }
}
