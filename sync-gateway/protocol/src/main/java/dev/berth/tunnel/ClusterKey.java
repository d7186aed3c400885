package dev.berth.tunnel;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The Ed25519 key by which a cluster proves who it is. Made in the cluster; the private half never leaves it.
 *
 * @param privateKey PKCS #8
 * @param publicKey SubjectPublicKeyInfo
 */
public record ClusterKey(byte[] privateKey, byte[] publicKey) {
    private static final String ALGORITHM = "Ed25519";
    private static final int PUBLIC_KEY_BYTES = 44;
    private static final int SIGNATURE_BYTES = 64;

    public static ClusterKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new ClusterKey(
                    pair.getPrivate().getEncoded(), pair.getPublic().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Expected Ed25519 in every Java runtime from 15 on.", impossible);
        }
    }

    public byte[] sign(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Expected a readable Ed25519 key, but it is none. Enrol again.", broken);
        }
    }

    /** Whether the owner of the public key signed the message; false, too, for keys and signatures that are none. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signed) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signed.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException unsound) {
            return false;
        }
    }

    /** Names a public key: half of its SHA-256, base64url. */
    public static String id(byte[] publicKey) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(Digests.sha256(publicKey), Limits.HASH_BYTES));
    }

    public String id() {
        return id(publicKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterKey that && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return "ClusterKey[" + id() + "]";
    }
}
