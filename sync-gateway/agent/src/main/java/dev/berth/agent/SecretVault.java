package dev.berth.agent;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Secret in the cluster itself. */
final class SecretVault implements Vault {
    private static final ObjectKey KEY = new ObjectKey(AgentNames.NAMESPACE, AgentNames.OBJECT);

    private final Cluster cluster;

    SecretVault(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Future<Optional<Identity>> load() {
        return cluster.get(Secret.class, KEY).map(found -> found.flatMap(SecretVault::read));
    }

    private static Optional<Identity> read(Secret secret) {
        Map<String, String> data = secret.getData();
        if (data == null || data.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(IdentityFields.read(
                name -> new String(Base64.getDecoder().decode(data.getOrDefault(name, "")), StandardCharsets.UTF_8)));
    }

    @Override
    public Future<Void> save(Identity identity) {
        Map<String, String> data = new TreeMap<>();
        IdentityFields.of(identity)
                .forEach((name, value) ->
                        data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return cluster.apply(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(KEY.namespace())
                        .withName(KEY.name())
                        .endMetadata()
                        .withType("Opaque")
                        .withData(data)
                        .build())
                .mapEmpty();
    }
}
