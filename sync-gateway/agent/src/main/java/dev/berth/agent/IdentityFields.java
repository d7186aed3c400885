package dev.berth.agent;

import dev.berth.agent.Vault.Identity;
import dev.berth.model.ClusterId;
import dev.berth.tunnel.ClusterKey;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An identity as named texts, for files and Secrets. */
final class IdentityFields {
    private static final String CLUSTER = "cluster";
    private static final String PRIVATE_KEY = "privateKey";
    private static final String PUBLIC_KEY = "publicKey";
    private static final String PIN = "pin";
    private static final String ENROLLED = "enrolled";

    private IdentityFields() {}

    static Map<String, String> of(Identity identity) {
        Base64.Encoder encoder = Base64.getEncoder();
        return Map.of(
                CLUSTER,
                identity.cluster().value(),
                PRIVATE_KEY,
                encoder.encodeToString(identity.key().privateKey()),
                PUBLIC_KEY,
                encoder.encodeToString(identity.key().publicKey()),
                PIN,
                identity.pin(),
                ENROLLED,
                Boolean.toString(identity.enrolled()));
    }

    /** Reads what {@link #of} wrote; throws {@link IllegalArgumentException} for anything else. */
    static Identity read(UnaryOperator<String> fields) {
        Base64.Decoder decoder = Base64.getDecoder();
        ClusterKey key =
                new ClusterKey(decoder.decode(fields.apply(PRIVATE_KEY)), decoder.decode(fields.apply(PUBLIC_KEY)));
        return new Identity(
                new ClusterId(fields.apply(CLUSTER)),
                key,
                fields.apply(PIN),
                Boolean.parseBoolean(fields.apply(ENROLLED)));
    }
}
