package dev.berth.tunnel;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/**
 * Zstandard, one payload at a time: no window outlives a frame, so nothing of one tenant's bytes can show in the length
 * of another's. Inflation is bounded by the size that the frame declares, and that by {@link Limits#OBJECT_BYTES}.
 */
final class Compression {
    private static final int LEVEL = 1;

    private Compression() {}

    static byte[] compress(byte[] payload) {
        return Zstd.compress(payload, LEVEL);
    }

    static byte[] inflate(byte[] payload) {
        long declared = payload.length == 0 ? 0 : Zstd.getFrameContentSize(payload);
        if (declared > Limits.OBJECT_BYTES) {
            throw ProtocolViolation.tooLarge("Expected at most " + Limits.OBJECT_BYTES
                    + " bytes uncompressed, but the frame declares " + declared + ".");
        }
        if (declared <= 0) {
            throw ProtocolViolation.malformed("Expected a zstd frame that declares its size.");
        }
        // The target holds what was declared and not a byte more: a frame that lies fails instead of growing.
        byte[] inflated = new byte[(int) declared];
        long length;
        try {
            length = Zstd.decompress(inflated, payload);
        } catch (ZstdException malformed) {
            throw ProtocolViolation.malformed("Expected a zstd frame, but its bytes are none.");
        }
        if (Zstd.isError(length) || length != declared) {
            throw ProtocolViolation.malformed("Expected a zstd frame of the size that it declares.");
        }
        return inflated;
    }
}
