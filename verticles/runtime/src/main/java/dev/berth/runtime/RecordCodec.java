package dev.berth.runtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The only message codec. Inside one process a record travels by reference, as it is immutable; between processes it is
 * CBOR and arrives as {@link Encoded}, which the typed endpoint decodes. So no class name travels and nothing is loaded
 * by name.
 */
final class RecordCodec implements MessageCodec<Record, Object> {
    static final String NAME = "berth";
    /** Larger answers must be pages. */
    static final int MAX_BYTES = 256 * 1024;

    /** A record that came over the wire and whose type only the receiver knows. */
    record Encoded(byte[] bytes) {}

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        byte[] bytes = RecordJson.toCbor(message);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a " + message.getClass().getSimpleName() + " of at most " + MAX_BYTES
                            + " bytes on the bus, but it takes " + bytes.length + ". Send it in pages.");
        }
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_BYTES + " bytes from the bus, but got " + length + ".");
        }
        int start = position + Integer.BYTES;
        return new Encoded(buffer.getBytes(start, start + length));
    }

    @Override
    public Object transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
