package dev.berth.k8s.client;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lease as client-go's leader election holds it. Clocks of two machines are never compared: somebody else's lease is
 * over when it did not change for its duration by our own clock, counted from when we first saw it so.
 */
final class KubernetesLease {
    static final String NAMESPACE = "berth";

    private record Seen(String version, long atMillis) {}

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    KubernetesLease(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Takes or renews; on a worker. */
    boolean hold(String name, String holder, int ttlSeconds) {
        Lease now = client.leases().inNamespace(NAMESPACE).withName(name).get();
        try {
            if (now == null) {
                client.resource(lease(named(name), holder, ttlSeconds, 0)).create();
                return true;
            }
            boolean ours = holder.equals(now.getSpec().getHolderIdentity());
            if (!ours && !isOver(name, now, ttlSeconds)) {
                return false;
            }
            int transitions = Objects.requireNonNullElse(now.getSpec().getLeaseTransitions(), 0);
            client.resource(lease(now.getMetadata(), holder, ttlSeconds, ours ? transitions : transitions + 1))
                    .update();
            return true;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false; // Somebody else was quicker.
            }
            throw failure;
        }
    }

    private boolean isOver(String name, Lease lease, int ttlSeconds) {
        String holder = lease.getSpec().getHolderIdentity();
        if (holder == null || holder.isEmpty()) {
            return true;
        }
        String version = lease.getMetadata().getResourceVersion();
        long now = clock.millis();
        Seen first = seen.compute(
                name, (key, old) -> old != null && old.version.equals(version) ? old : new Seen(version, now));
        int seconds = Objects.requireNonNullElse(lease.getSpec().getLeaseDurationSeconds(), ttlSeconds);
        return now - first.atMillis > seconds * 1000L;
    }

    private Lease lease(ObjectMeta metadata, String holder, int ttlSeconds, int transitions) {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        LeaseSpec spec = new LeaseSpec();
        spec.setHolderIdentity(holder);
        spec.setLeaseDurationSeconds(ttlSeconds);
        spec.setLeaseTransitions(transitions);
        spec.setRenewTime(now);
        spec.setAcquireTime(now);
        return new LeaseBuilder().withMetadata(metadata).withSpec(spec).build();
    }

    private static ObjectMeta named(String name) {
        return new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build();
    }
}
