package dev.berth.tunnel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.model.Identifiers;
import dev.berth.tunnel.v1.Hello;
import dev.berth.tunnel.v1.HelloBody;

/**
 * A HELLO that is well formed; whether it is true is for the one who knows the key.
 *
 * @param signed the bytes that the signature is of
 */
public record SignedHello(HelloBody body, byte[] signed, byte[] signature) {
    private static final int TEXT_BYTES = 253;

    static SignedHello read(Hello hello, byte[] nonce) {
        HelloBody body;
        try {
            body = HelloBody.parseFrom(hello.getBody());
        } catch (InvalidProtocolBufferException malformed) {
            throw ProtocolViolation.malformed("Expected a HELLO body, but its bytes are none.");
        }
        if (body.getProtoMin() > Limits.PROTO_VERSION || body.getProtoMax() < Limits.PROTO_VERSION) {
            throw new ProtocolViolation(CloseCode.VERSION, "Expected an agent that speaks protocol 1.");
        }
        boolean named = Identifiers.valid(body.getClusterId())
                && sound(body.getKeyId())
                && sound(body.getInstanceId())
                && sound(body.getHost())
                && sound(body.getObserved().getIncarnation());
        if (!named || body.getDesired().getDseq() < 0 || body.getObserved().getAcked() < 0) {
            throw ProtocolViolation.malformed(
                    "Expected a HELLO that names cluster, key, instance, host and incarnation.");
        }
        byte[] sent = hello.getBody().toByteArray();
        return new SignedHello(
                body,
                SigningBytes.hello(nonce, body, sent),
                hello.getSignature().toByteArray());
    }

    private static boolean sound(String text) {
        return !text.isEmpty() && text.length() <= TEXT_BYTES && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    public boolean signedBy(byte[] publicKey) {
        return ClusterKey.verify(publicKey, signed, signature);
    }
}
