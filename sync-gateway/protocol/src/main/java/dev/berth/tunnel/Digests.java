package dev.berth.tunnel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256, and the short hash by which object bodies are compared. */
public final class Digests {
    private Digests() {}

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Expected SHA-256 in every Java runtime.", impossible);
        }
    }

    /** The first {@link Limits#HASH_BYTES} bytes of SHA-256. */
    public static byte[] bodyHash(byte[] body) {
        return Arrays.copyOf(sha256(body), Limits.HASH_BYTES);
    }
}
