package dev.berth.api.server.access;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Random secrets and their fingerprints. What is stored is the fingerprint only: 256 random bits need no slow hash. */
public final class Secret {
    public static final String SESSION = "berth_ses_";
    public static final String PERSONAL = "berth_pat_";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Secret() {}

    /** A new secret behind a prefix that scanners know. */
    public static String random(String prefix) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return prefix + BASE64.encodeToString(bytes);
    }

    public static Buffer sha256(String text) {
        return Buffer.buffer(digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** What a page must send beside its cookie: known to who read it from us, never stored. */
    public static String csrfOf(String sessionToken) {
        return BASE64.encodeToString(digest(("berth-csrf\0" + sessionToken).getBytes(StandardCharsets.UTF_8)));
    }

    /** Compares without telling by its time where the difference is. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** UUIDv7: sorts by time of making, so that newest-first needs no second index. */
    public static UUID newId(long millis) {
        byte[] tail = randomBytes(10);
        long high = (millis << 16) | 0x7000L | ((tail[0] & 0x0fL) << 8) | (tail[1] & 0xffL);
        long low = 0;
        for (int i = 2; i < 10; i++) {
            low = (low << 8) | (tail[i] & 0xffL);
        }
        return new UUID(high, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }
}
