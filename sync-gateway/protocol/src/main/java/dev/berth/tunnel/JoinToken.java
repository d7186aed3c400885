package dev.berth.tunnel;

import dev.berth.model.ClusterId;
import dev.berth.model.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The one-time token that brings a cluster in: {@code bt1.<clusterId>.<secret>.<pin>}. The secret is 256 random bits; the
 * pin is the SHA-256 of the public key of the control plane's certificate authority, or {@code none} where the tunnel is
 * not encrypted. Both are base64url without padding.
 */
public record JoinToken(ClusterId cluster, String secret, String pin) {
    public static final String NO_PIN = "none";
    private static final String PREFIX = "bt1";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern PIN = Pattern.compile("none|[A-Za-z0-9_-]{43}");
    private static final int MAX_LENGTH = 512;

    /** Reads the token as the administrator was given it; throws {@link IllegalArgumentException} that tells no secret. */
    public static JoinToken parse(String text) {
        String[] parts =
                text.length() > MAX_LENGTH ? new String[0] : text.strip().split("\\.", -1);
        boolean sound = parts.length == 4
                && parts[0].equals(PREFIX)
                && Identifiers.valid(parts[1])
                && SECRET.matcher(parts[2]).matches()
                && PIN.matcher(parts[3]).matches();
        if (!sound) {
            throw new IllegalArgumentException(
                    "Expected a join token bt1.<cluster>.<secret>.<pin>, but got something else. Make a new one with"
                            + " `berth cluster token`.");
        }
        return new JoinToken(new ClusterId(parts[1]), parts[2], parts[3]);
    }

    public boolean pinned() {
        return !pin.equals(NO_PIN);
    }

    /** What the store keeps instead of the secret: the SHA-256 of its text. */
    public byte[] secretHash() {
        return Digests.sha256(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** The token as it is handed over. Not for logs. */
    public String text() {
        return PREFIX + "." + cluster + "." + secret + "." + pin;
    }

    @Override
    public String toString() {
        return "JoinToken[" + cluster + "]";
    }
}
