package dev.berth.tunnel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts one message together from its fragments. Nothing else may come between them. */
final class Fragments {
    /** What all fragments of a message have in common. */
    record Head(FrameType type, int zstd, int stream, long seq) {}

    private @Nullable Head head;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    /** The whole payload, or null while more has to come. */
    byte @Nullable [] add(Head next, ByteBuffer payload, boolean more) {
        if (head != null && !head.equals(next)) {
            throw ProtocolViolation.malformed(
                    "Expected the next fragment of " + head.type() + ", but got another frame.");
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        if (head == null && !more) {
            return bytes;
        }
        if (more && bytes.length == 0) {
            throw ProtocolViolation.malformed("Expected a fragment that carries something.");
        }
        if (parts.size() + bytes.length > Limits.OBJECT_BYTES) {
            throw ProtocolViolation.tooLarge("Expected at most " + Limits.OBJECT_BYTES + " bytes in all fragments.");
        }
        parts.writeBytes(bytes);
        head = next;
        return more ? null : finish();
    }

    private byte[] finish() {
        byte[] whole = parts.toByteArray();
        parts.reset();
        head = null;
        return whole;
    }
}
