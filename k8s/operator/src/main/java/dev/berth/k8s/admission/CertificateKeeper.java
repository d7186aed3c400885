package dev.berth.k8s.admission;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ring in a secret that all replicas share, and its authorities in the webhook configurations. Who is slower
 * than another replica reads what that one wrote. The bundle is written before anything that needs it serves.
 */
final class CertificateKeeper {
    private final AdmissionConfig config;
    private final Cluster cluster;
    private final InstantSource clock;

    CertificateKeeper(AdmissionConfig config, Cluster cluster, InstantSource clock) {
        this.config = config;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Reads, makes or turns the ring, and has the API server trust it. */
    Future<KeyRing> keep() {
        ObjectKey key = new ObjectKey(config.secretNamespace(), config.secretName());
        return cluster.get(Secret.class, key).compose(found -> {
            Optional<KeyRing> ring =
                    found.map(Secret::getData).filter(Objects::nonNull).flatMap(KeyRing::fromSecret);
            KeyRing now = ring.map(one -> one.turned(config.allNames(), config.lives(), clock.instant()))
                    .orElseGet(() -> KeyRing.fresh(config.allNames(), config.lives(), clock.instant()));
            // What is to serve must be trusted first; what another replica serves until then is in the bundle too.
            return ring.isPresent() && ring.get().equals(now)
                    ? trust(now).map(now)
                    : write(found.orElse(null), now)
                            .compose(written -> trust(now))
                            .map(now);
        });
    }

    private Future<Secret> write(@Nullable Secret before, KeyRing ring) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(config.secretNamespace())
                .withName(config.secretName())
                .withResourceVersion(
                        before == null ? null : before.getMetadata().getResourceVersion())
                .endMetadata()
                .withType("Opaque")
                .withData(ring.toSecret())
                .build();
        return before == null ? cluster.create(secret) : cluster.apply(secret);
    }

    private Future<Void> trust(KeyRing ring) {
        String bundle = Base64.getEncoder().encodeToString(ring.bundle().getBytes(StandardCharsets.US_ASCII));
        ObjectKey key = ObjectKey.clusterScoped(config.webhooks());
        return cluster.get(MutatingWebhookConfiguration.class, key)
                .compose(found -> found.isEmpty() ? none() : mutating(found.get(), bundle))
                .compose(done -> cluster.get(ValidatingWebhookConfiguration.class, key))
                .compose(found -> found.isEmpty() ? none() : validating(found.get(), bundle));
    }

    private static Future<Void> none() {
        return Future.succeededFuture();
    }

    private Future<Void> mutating(MutatingWebhookConfiguration now, String bundle) {
        boolean same = now.getWebhooks().stream()
                .allMatch(hook -> bundle.equals(hook.getClientConfig().getCaBundle()));
        var builder = new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(config.webhooks())
                .endMetadata();
        now.getWebhooks().forEach(hook -> builder.addNewWebhook()
                .withName(hook.getName())
                .withNewClientConfig()
                .withCaBundle(bundle)
                .endClientConfig()
                .endWebhook());
        return same ? none() : apply(builder.build());
    }

    private Future<Void> validating(ValidatingWebhookConfiguration now, String bundle) {
        boolean same = now.getWebhooks().stream()
                .allMatch(hook -> bundle.equals(hook.getClientConfig().getCaBundle()));
        var builder = new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(config.webhooks())
                .endMetadata();
        now.getWebhooks().forEach(hook -> builder.addNewWebhook()
                .withName(hook.getName())
                .withNewClientConfig()
                .withCaBundle(bundle)
                .endClientConfig()
                .endWebhook());
        return same ? none() : apply(builder.build());
    }

    private <T extends HasMetadata> Future<Void> apply(T configuration) {
        return cluster.apply(configuration).mapEmpty();
    }

    /** Whether another replica was quicker: then its ring is read at once. */
    static boolean wasQuicker(Throwable failure) {
        return failure instanceof Refused refused && refused.refusal() instanceof Refusal.Conflict;
    }
}
