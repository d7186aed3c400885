package dev.berth.tunnel;

import dev.berth.tunnel.v1.HelloBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What exactly is signed. Every part is preceded by its length in two bytes, so that no two different lists of parts give
 * the same bytes.
 */
public final class SigningBytes {
    private static final String HELLO = "berth-tunnel/1\0";
    private static final String ENROL = "berth-enrol/1\0";

    private SigningBytes() {}

    /**
     * The bytes under a HELLO: the gateway's nonce, the dialled host, who speaks, and the digest of the body as it was
     * sent.
     */
    public static byte[] hello(byte[] nonce, HelloBody hello, byte[] sentBody) {
        return join(
                HELLO,
                nonce,
                text(hello.getHost()),
                text(hello.getClusterId()),
                text(hello.getKeyId()),
                text(hello.getInstanceId()),
                Digests.sha256(sentBody));
    }

    /** The bytes under an enrolment: proof that the sender holds the private half of the key that it brings. */
    public static byte[] enrolment(JoinToken token, byte[] publicKey, String kubeSystemUid) {
        return join(ENROL, text(token.cluster().value()), token.secretHash(), publicKey, text(kubeSystemUid));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(String domain, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text(domain));
        for (byte[] part : parts) {
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) checkedLength(part)).array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int checkedLength(byte[] part) {
        if (part.length > 0xffff) {
            throw ProtocolViolation.tooLarge("Expected a signed part of at most 65535 bytes.");
        }
        return part.length;
    }
}
