package dev.berth.k8s.grouper.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of what the grouper makes: readable at the front, told apart at the end by a digest of the owner's uid. */
final class Names {
    private static final int MAX_LABEL = 63;
    private static final int DIGEST_BYTES = 5;

    private Names() {}

    /** A DNS label of at most 63 characters that only this owner and key have. */
    static String of(String front, String ownerUid, String key) {
        String plain = front.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String digest = digest(ownerUid + "/" + key);
        String cut = plain.substring(0, Math.min(plain.length(), MAX_LABEL - 1 - digest.length()))
                .replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "g-" + digest : cut + "-" + digest;
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
